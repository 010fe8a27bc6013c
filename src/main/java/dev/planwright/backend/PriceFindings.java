package dev.planwright.backend;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Violation;
import java.util.List;

/**
 * What a check says of one price. Whether a field is set is the same question for every backend;
 * why it cannot be, and what would work, is a backend's own word.
 */
public final class PriceFindings {
  private final String vendor;
  private final String object;
  private final CatalogPrice price;
  private final List<Violation> violations;
  private final List<String> warnings;

  /**
   * @param vendor as people call the billing system
   * @param violations what is refused is added here
   * @param warnings what is left out is added here
   */
  public PriceFindings(
      String vendor,
      CatalogPlan plan,
      CatalogPrice price,
      List<Violation> violations,
      List<String> warnings) {
    this.vendor = vendor;
    this.object = plan.object(price);
    this.price = price;
    this.violations = violations;
    this.warnings = warnings;
  }

  public void refuse(String field, String value, String problem, String instead) {
    violations.add(new Violation(object, field, value, problem, instead));
  }

  public void warn(String field, String why) {
    warnings.add(object + " " + field + ": " + why);
  }

  /** Warns of a field that is not sent. */
  public void leavesOut(boolean set, String field) {
    if (set) {
      warn(field, vendor + " has no place for it; it is not sent");
    }
  }

  /** Warns of each field that is for people's eyes only. */
  public void leavesOutLooks() {
    leavesOut(!price.nickname().isEmpty(), "spec.nickname");
    leavesOut(!price.invoiceDisplayName().isEmpty(), "spec.invoiceDisplayName");
    leavesOutOrderAndMetadata();
  }

  public void leavesOutOrderAndMetadata() {
    leavesOut(price.sortOrder().isPresent(), "spec.sortOrder");
    leavesOut(!price.metadata().isEmpty(), "spec.metadata");
  }

  public void hasNoCountries(String problem) {
    if (!price.countries().isEmpty()) {
      refuse(
          "spec.countries",
          String.join(", ", price.countries()),
          problem,
          "leave countries out, or make one Plan for each market");
    }
  }

  public void hasNoTrial(String problem, String instead) {
    price
        .trialDays()
        .ifPresent(it -> refuse("spec.trialDays", Integer.toString(it), problem, instead));
  }

  public void hasNoExternalId(String problem, String instead) {
    price.externalId().ifPresent(it -> refuse("spec.externalId", it, problem, instead));
  }
}
