package dev.planwright.backend.schematic;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A plan as Schematic shows it to one environment.
 *
 * @param type {@code plan} or {@code add_on}
 * @param controller the system that controls it; {@code schematic} for none but Schematic
 * @param companyId of the company that a custom plan is made for; {@code ""} for none
 * @param active the version on sale
 * @param draft the version that is being worked on
 * @param companies so many have it, here, as the plan itself says
 */
record SchematicPlan(
    String id,
    String type,
    String name,
    String description,
    String controller,
    String companyId,
    Instant created,
    Optional<Version> active,
    Optional<Version> draft,
    long companies) {

  /**
   * A version with all that it says.
   *
   * @param number counts up
   * @param priceIds ids of base prices, by {@code USD/monthly}
   * @param currency the default one, upper case; {@code ""} for none
   * @param credits credit grants, which are nobody's manifest
   */
  record Version(
      String id,
      long number,
      Instant created,
      String name,
      String description,
      Base base,
      Map<String, String> priceIds,
      String currency,
      List<Row> rows,
      int credits) {
    Version {
      priceIds = Collections.unmodifiableMap(new TreeMap<>(priceIds));
      rows = List.copyOf(rows);
    }
  }

  /**
   * An entitlement.
   *
   * @param unmanaged settings that no manifest has and that a write would drop
   * @param priceIds by {@code USD/monthly}
   */
  record Row(
      String id,
      String featureId,
      Grant grant,
      List<String> unmanaged,
      Map<String, String> priceIds) {
    Row {
      unmanaged = List.copyOf(unmanaged);
      priceIds = Collections.unmodifiableMap(new TreeMap<>(priceIds));
    }
  }

  static String priceKey(String currency, Cadence cadence) {
    return currency + "/" + cadence.word();
  }

  /** What writes go to: the draft, where one is open. */
  Optional<Version> target() {
    return draft.or(() -> active);
  }

  SchematicPlan withoutDraft() {
    return new SchematicPlan(
        id,
        type,
        name,
        description,
        controller,
        companyId,
        created,
        active,
        Optional.empty(),
        companies);
  }

  /** Of all that a step could depend on, and of nothing that people who subscribe change. */
  String fingerprint() {
    return Hash.of(
        name + "\n" + description + "\n" + controller + "\n" + text(active) + "\n" + text(draft));
  }

  private static String text(Optional<Version> version) {
    return version
        .map(it -> it.id() + it.name() + "\n" + it.description() + it.base() + it.rows())
        .orElse("");
  }
}
