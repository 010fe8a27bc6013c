package dev.planwright.backend.bxb;

import dev.planwright.backend.FieldChange;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that drift, status and messages give to what hangs beside a plan: the manifest's own
 * fields, each entry of a list by what tells it from the others, as on every backend.
 */
final class ChildFields {
  private final Wanted wanted;
  private final BxbWorld world;
  private final BxbSettings settings;
  private final Map<String, Integer> seen = new HashMap<>();

  ChildFields(Wanted wanted, BxbWorld world, BxbSettings settings) {
    this.wanted = wanted;
    this.world = world;
    this.settings = settings;
  }

  /** The amount of the next minimum commitment: {@code minimumCommitments.USD/Month.amount}. */
  String commitment() {
    String every =
        switch (wanted.interval()) {
          case "weekly" -> "Week";
          case "monthly" -> "Month";
          case "yearly" -> "Year";
          default -> "Period";
        };
    return unique("minimumCommitments." + wanted.currency() + "/" + every) + ".amount";
  }

  /** A usage threshold that comes or goes: {@code usageThresholds.USD/500.recurring}. */
  List<FieldChange> added(BxbPlan.Threshold threshold) {
    String entry = entry(threshold);
    List<FieldChange> changes = new ArrayList<>();
    changes.add(new FieldChange(entry + ".recurring", "", Boolean.toString(threshold.recurring())));
    if (!threshold.displayName().isEmpty()) {
      changes.add(new FieldChange(entry + ".displayName", "", threshold.displayName()));
    }
    return List.copyOf(changes);
  }

  List<FieldChange> removed(BxbPlan.Threshold threshold) {
    return added(threshold).stream()
        .map(it -> new FieldChange(it.field(), it.to(), it.from()))
        .toList();
  }

  /** One in the place of another at the same amount. */
  List<FieldChange> changed(BxbPlan.Threshold from, BxbPlan.Threshold to) {
    String entry = entry(to);
    List<FieldChange> changes = new ArrayList<>();
    if (from.recurring() != to.recurring()) {
      changes.add(
          new FieldChange(
              entry + ".recurring",
              Boolean.toString(from.recurring()),
              Boolean.toString(to.recurring())));
    }
    if (!from.displayName().equals(to.displayName())) {
      changes.add(new FieldChange(entry + ".displayName", from.displayName(), to.displayName()));
    }
    return List.copyOf(changes);
  }

  /** What is granted of a feature that the manifest names: {@code entitlements.seats.limit}. */
  static String entitlement(Entitlement entitlement) {
    String part =
        switch (entitlement.grant()) {
          case Entitlement.Enabled enabled -> "enabled";
          case Entitlement.Limit limit -> "limit";
          case Entitlement.Unlimited unlimited -> "unlimited";
          case Entitlement.Value value -> "value";
        };
    return "entitlements." + entitlement.feature() + "." + part;
  }

  /** The same for what is only on the account. */
  String entitlement(BxbPlan.Granted granted) {
    String part =
        switch (world
            .directory()
            .feature(granted.featureId())
            .map(Directory.Feature::type)
            .orElse("")) {
          case "boolean" -> "enabled";
          case "quantity" -> "limit";
          default -> "value";
        };
    return "entitlements."
        + settings.featureWord(world.directory(), granted.featureId())
        + "."
        + part;
  }

  /** An amount in major units. */
  String major(BigDecimal cents) {
    return Decimals.canonical(Decimals.majorUnits(cents, wanted.currency()));
  }

  private String entry(BxbPlan.Threshold threshold) {
    return unique("usageThresholds." + threshold.currency() + "/" + major(threshold.amountCents()));
  }

  private String unique(String entry) {
    int number = seen.merge(entry, 1, Integer::sum);
    return number == 1 ? entry : entry + "#" + number;
  }
}
