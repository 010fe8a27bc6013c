package dev.planwright.backend.schematic;

import dev.planwright.backend.Handles;
import dev.planwright.backend.schematic.SchematicPlan.Version;
import java.util.Optional;

/**
 * What we keep in status beside ids: Schematic holds no mark that would tell what is ours.
 *
 * <p>{@code made}: the plan was created by us, so that whatever is on it and in no manifest came
 * later. {@code adopted}: it was there before, with what was on it. {@code base:USD/monthly},
 * {@code feature:feat_1}, {@code description}, {@code trial}: was in a manifest of ours, so that
 * taking it out of the manifest takes it away. {@code draft}: the draft that we opened, or the
 * version that we opened one on. {@code deleted}: the plan that we deleted.
 */
final class Memo {
  static final String MADE = "made";
  static final String ADOPTED = "adopted";
  static final String DRAFT = "draft";
  static final String DELETED = "deleted";
  static final String DESCRIPTION = "description";
  static final String TRIAL = "trial";

  private Memo() {}

  /** What to remember of a plan that was seen: what is there and was or is in the manifest. */
  static Handles seen(Handles known, SchematicPlan plan, Optional<Wanted> wanted) {
    Handles seen = Handles.NONE.with(Handles.PLAN, plan.id());
    seen = copy(known, seen, MADE);
    seen = copy(known, seen, ADOPTED);
    if (plan.draft().isPresent()) {
      seen = copy(known, seen, DRAFT);
    }
    Optional<Version> version = plan.target();
    if (version.isEmpty()) {
      return seen;
    }
    if (!plan.description().isEmpty() || !version.get().description().isEmpty()) {
      boolean named = wanted.map(it -> !it.description().isEmpty()).orElse(false);
      seen = keep(known, seen, DESCRIPTION, named);
    }
    if (version.get().base().trialDays() != 0) {
      boolean named = wanted.map(it -> it.base().trialDays() != 0).orElse(false);
      seen = keep(known, seen, TRIAL, named);
    }
    for (String key : version.get().priceIds().keySet()) {
      boolean named = wanted.map(it -> it.basePrices().containsKey(key)).orElse(false);
      seen = keep(known, seen, "base:" + key, named);
    }
    for (SchematicPlan.Row row : version.get().rows()) {
      boolean named = wanted.map(it -> it.wants().containsKey(row.featureId())).orElse(false);
      seen = keep(known, seen, "feature:" + row.featureId(), named);
    }
    return seen;
  }

  private static Handles copy(Handles known, Handles seen, String name) {
    return known.get(name).map(it -> seen.with(name, it)).orElse(seen);
  }

  private static Handles keep(Handles known, Handles seen, String name, boolean named) {
    return named || known.get(name).isPresent() ? seen.with(name, "ours") : seen;
  }
}
