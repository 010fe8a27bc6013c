package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan in Stigg's terms.
 *
 * @param product where it is made; empty only when check refused it
 * @param trial the body of the trial; empty for none
 * @param mark the entries that say whose it is
 * @param metadata the manifest's own
 * @param grants sorted by id
 * @param unsaidModes ids of entitlements whose manifest leaves {@code mode} to the default
 * @param kept fields that a manifest leaves out and that stay as they are, see {@link Kept}
 */
record Wanted(
    boolean addon,
    String key,
    String displayName,
    String description,
    Optional<String> product,
    String pricing,
    String parent,
    Optional<ObjectNode> trial,
    Pack.Terms terms,
    SortedMap<String, String> mark,
    SortedMap<String, String> metadata,
    List<PriceRows.Wanted> rows,
    List<Grant> grants,
    Set<String> unsaidModes,
    SortedSet<String> kept) {

  static Wanted of(CatalogPlan plan, StiggSettings settings) {
    List<Grant> grants = new ArrayList<>();
    boolean addon = plan.type() == CatalogPlan.Type.ADD_ON;
    plan.entitlements().forEach(it -> grants.add(grant(it, settings)));
    plan.creditGrants().forEach(it -> grants.add(grant(it, addon)));
    grants.sort(Comparator.comparing(Grant::id));
    Optional<ObjectNode> trial = plan.trial().map(Wanted::trial);
    return new Wanted(
        addon,
        plan.identity().key(),
        plan.displayName(),
        plan.description(),
        settings.product(plan),
        plan.pricing().name(),
        plan.parentPlan().orElse(""),
        trial,
        new Pack.Terms(
            trial
                .map(
                    it ->
                        Pack.trial(
                            Words.decimal(it.path("duration")),
                            Words.text(it.path("units")),
                            Words.text(it.path("trialEndBehavior"))))
                .orElse(""),
            plan.compatibleAddOns()),
        Mark.of(plan),
        new TreeMap<>(plan.metadata()),
        new PriceRows(plan, settings).all(),
        List.copyOf(grants),
        unsaidModes(plan, settings),
        new TreeSet<>());
  }

  private static Set<String> unsaidModes(CatalogPlan plan, StiggSettings settings) {
    Set<String> unsaid = new TreeSet<>();
    plan.entitlements().stream()
        .filter(it -> it.mode().isEmpty())
        .forEach(it -> unsaid.add(settings.feature(it.feature())));
    plan.creditGrants().forEach(it -> unsaid.add(it.credit()));
    return unsaid;
  }

  /** The same with what stays where the manifest is silent. */
  Wanted keeping(
      String description,
      String parent,
      Optional<ObjectNode> trial,
      Pack.Terms terms,
      SortedSet<String> kept) {
    return new Wanted(
        addon,
        key,
        displayName,
        description,
        product,
        pricing,
        parent,
        trial,
        terms,
        mark,
        metadata,
        rows,
        grants,
        unsaidModes,
        kept);
  }

  private static ObjectNode trial(CatalogPlan.Trial trial) {
    ObjectNode body = StiggCalls.object();
    body.put("duration", trial.days());
    body.put("units", "DAY");
    trial
        .onEnd()
        .ifPresent(
            end ->
                body.put(
                    "trialEndBehavior",
                    switch (end) {
                      case CONVERT_TO_PAID -> "CONVERT_TO_PAID";
                      case CANCEL -> "CANCEL_SUBSCRIPTION";
                    }));
    return body;
  }

  private static Grant grant(Entitlement entitlement, StiggSettings settings) {
    TreeMap<String, String> terms = new TreeMap<>();
    String mode =
        entitlement
            .mode()
            .map(
                it ->
                    switch (it) {
                      case INCREMENT -> "Increment";
                      case OVERRIDE -> "Override";
                    })
            .orElse("Override");
    terms.put(Grant.BEHAVIOR, mode);
    terms.put(Grant.ENABLED, "true");
    switch (entitlement.grant()) {
      case Entitlement.Enabled(boolean enabled) ->
          terms.put(Grant.ENABLED, Boolean.toString(enabled));
      case Entitlement.Limit limit -> {
        terms.put(Grant.LIMIT, Decimals.canonical(limit.limit()));
        if (limit.soft()) {
          terms.put(Grant.SOFT, "true");
        }
        limit.reset().ifPresent(it -> terms.put(Grant.RESET, it.name()));
      }
      case Entitlement.Unlimited unlimited -> terms.put(Grant.UNLIMITED, "true");
      case Entitlement.Value(String value) -> terms.put(Grant.VALUE, value);
    }
    return new Grant(settings.feature(entitlement.feature()), false, terms, StiggCalls.object());
  }

  /** Credits of an add-on come on top of the plan's. */
  private static Grant grant(CatalogPlan.CreditGrant credit, boolean addon) {
    TreeMap<String, String> terms = new TreeMap<>();
    terms.put(Grant.BEHAVIOR, addon ? "Increment" : "Override");
    terms.put(Grant.AMOUNT, Decimals.canonical(credit.amount()));
    terms.put(Grant.CADENCE, credit.every().map(Interval.Unit::name).orElse(""));
    return new Grant(credit.credit(), true, terms, StiggCalls.object());
  }

  List<Row> plainRows() {
    return rows.stream().map(PriceRows.Wanted::row).toList();
  }

  /** Hashes of the keys of all rows and entitlements that are wanted. */
  String made() {
    return Stream.concat(
            plainRows().stream().map(Row::keyHash), grants.stream().map(Grant::keyHash))
        .sorted()
        .distinct()
        .collect(Collectors.joining(","));
  }

  /** Hash of everything that is wanted. */
  String target() {
    List<String> all = new ArrayList<>();
    all.add(String.join("\n", key, displayName, description, pricing, parent, terms.content()));
    all.add(mark.toString());
    all.add(metadata.toString());
    plainRows().stream().map(Row::content).sorted().forEach(all::add);
    grants.stream().map(Grant::content).forEach(all::add);
    return Hash.of(String.join("\n", all), 12);
  }

  /**
   * The metadata that is to be there: ours, the manifest's, and what somebody else put there. An
   * entry of ours that is no longer wanted becomes empty: whether a server merges or replaces the
   * map, it is gone then.
   *
   * @param made keys of what came from manifests
   */
  SortedMap<String, String> metadata(Map<String, String> there, String made) {
    TreeMap<String, String> all = new TreeMap<>(Mark.plain(there));
    for (String old : Mark.list(there.getOrDefault(Mark.METADATA, ""))) {
      if (!metadata.containsKey(old)) {
        all.put(old, "");
      }
    }
    all.putAll(metadata);
    all.putAll(mark);
    all.put(Mark.MADE, made);
    all.put(Mark.METADATA, String.join(",", metadata.keySet()));
    if (!kept.isEmpty() || there.containsKey(Mark.KEPT)) {
      all.put(Mark.KEPT, String.join(",", kept));
    }
    return all;
  }
}
