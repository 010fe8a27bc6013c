package dev.planwright.controller;

import dev.planwright.api.v1alpha1.PriceSpec;
import dev.planwright.api.v1alpha1.PriceStatus;
import dev.planwright.api.v1alpha1.Tier;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a Price is, in the few words that fit into a column; pure. */
final class PriceSummaries {
  /**
   * What a column shows.
   *
   * @param per what follows the currency, such as {@code per 1000}
   */
  private record Words(String model, String amount, String per) {
    Words(String model, String amount) {
      this(model, amount, "");
    }
  }

  private PriceSummaries() {}

  static PriceStatus.Summary of(PriceSpec spec) {
    Words words = words(spec);
    String amount =
        words.amount().isEmpty()
            ? ""
            : (words.amount() + " " + spec.currency() + " " + words.per()).strip();
    return new PriceStatus.Summary(words.model(), amount, every(spec));
  }

  private static Words words(PriceSpec spec) {
    if (spec.flat() != null) {
      return new Words("Flat", text(spec.flat().amount()));
    }
    if (spec.perUnit() != null) {
      return new Words("PerUnit", text(spec.perUnit().amount()));
    }
    if (spec.packageOf() != null) {
      return new Words(
          "Package", text(spec.packageOf().amount()), "per " + spec.packageOf().size());
    }
    if (spec.graduated() != null) {
      return new Words("Graduated", from(spec.graduated().tiers()));
    }
    if (spec.volume() != null) {
      return new Words("Volume", from(spec.volume().tiers()));
    }
    if (spec.overage() != null) {
      return new Words("Overage", text(spec.overage().amount()));
    }
    if (spec.percentage() != null) {
      return new Words("Percentage", text(spec.percentage().rate()) + "% of");
    }
    if (spec.graduatedPercentage() != null) {
      return new Words("GraduatedPercentage", "");
    }
    return new Words(spec.dynamic() != null ? "Dynamic" : "", "");
  }

  /** The lowest unit price; nothing where it cannot be read. */
  private static String from(List<Tier> tiers) {
    Optional<String> lowest =
        tiers.stream()
            .map(tier -> text(tier.unitAmount()))
            .filter(amount -> amount.matches("[0-9]{1,18}(\\.[0-9]{1,20})?"))
            .min((a, b) -> new BigDecimal(a).compareTo(new BigDecimal(b)));
    return lowest.map(amount -> "from " + amount).orElse("");
  }

  private static String every(PriceSpec spec) {
    if (spec.recurring() == null || spec.recurring().interval() == null) {
      return spec.oneTime() != null ? "once" : "";
    }
    int count = spec.recurring().units();
    String unit = spec.recurring().interval().toString().toLowerCase(Locale.ROOT);
    return count + " " + unit + (count == 1 ? "" : "s");
  }

  private static String text(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }
}
