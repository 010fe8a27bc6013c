package dev.planwright.backend.schematic;

import static dev.planwright.backend.schematic.SchematicPlan.priceKey;

import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.schematic.SchematicPlan.Row;
import dev.planwright.backend.schematic.SchematicPlan.Version;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What differs between a wanted plan and the version that a write goes to. What a manifest does not
 * name is left alone, unless we made it.
 */
final class Comparison {
  private final Wanted wanted;
  private final SchematicPlan plan;
  private final Handles handles;
  private final Directory directory;

  private final List<FieldChange> texts = new ArrayList<>();
  private final List<FieldChange> base = new ArrayList<>();
  private final List<FieldChange> grants = new ArrayList<>();
  private final List<Edit> edits = new ArrayList<>();
  private final List<String> erases = new ArrayList<>();
  private final List<String> foreignPrices = new ArrayList<>();
  private boolean takesAway;
  private String description;
  private long trialDays;

  /** A change of one entitlement. */
  sealed interface Edit {
    /** A new row. */
    record Add(String featureId, Grant grant) implements Edit {}

    /** The same row with other content. */
    record Change(String rowId, String featureId, Grant grant) implements Edit {}

    /** The row goes. */
    record Remove(String rowId) implements Edit {}
  }

  private Comparison(Wanted wanted, SchematicPlan plan, Handles handles, Directory directory) {
    this.wanted = wanted;
    this.plan = plan;
    this.handles = handles;
    this.directory = directory;
    this.description = wanted.description();
    this.trialDays = wanted.base().trialDays();
  }

  /**
   * @param version what to compare with; empty when the plan has none in this environment
   * @param handles which say what we made
   */
  static Comparison of(
      Wanted wanted,
      SchematicPlan plan,
      Optional<Version> version,
      Handles handles,
      Directory directory) {
    Comparison comparison = new Comparison(wanted, plan, handles, directory);
    comparison.texts(version);
    comparison.base(version);
    comparison.rows(version.map(Version::rows).orElse(List.of()));
    return comparison;
  }

  boolean isEqual() {
    return texts.isEmpty() && !changesContent();
  }

  /** Whether more than texts differs. */
  boolean changesContent() {
    return changesBase() || !edits.isEmpty();
  }

  boolean changesBase() {
    return !base.isEmpty();
  }

  /** What to write: where the manifest is silent, what stays is sent along. */
  Wanted written() {
    return wanted.with(description, trialDays);
  }

  List<FieldChange> changes() {
    List<FieldChange> all = new ArrayList<>(texts);
    all.addAll(base);
    all.addAll(grants);
    return all;
  }

  List<Edit> edits() {
    return List.copyOf(edits);
  }

  /** Content that nobody made from a manifest and that the write would drop. */
  List<String> erases() {
    List<String> all = new ArrayList<>(erases);
    if (changesBase()) {
      all.addAll(foreignPrices); // base prices are only written all together
    }
    return all;
  }

  boolean takesAway() {
    return takesAway;
  }

  private void texts(Optional<Version> version) {
    // A draft keeps its own texts until it is published; what is on sale shows the plan's.
    boolean waiting = plan.draft().isPresent() && plan.active().isPresent();
    String name = waiting ? version.map(Version::name).orElse(plan.name()) : plan.name();
    String there = waiting ? version.map(Version::description).orElse("") : plan.description();
    if (!name.equals(wanted.name())) {
      texts.add(new FieldChange("displayName", name, wanted.name()));
    }
    if (description.isEmpty() && !there.isEmpty() && stays(Memo.DESCRIPTION, there)) {
      description = there;
    }
    if (!there.equals(description)) {
      texts.add(new FieldChange("description", there, description));
    }
  }

  /**
   * Whether something stays that the manifest leaves out: it was there before an adoption. Where
   * nobody can tell whose it is, the write is there to be blocked and said.
   */
  private boolean stays(String what, String there) {
    if (isOurs(what)) {
      return false;
    }
    if (!wasAdopted()) {
      erases.add(what + " " + there);
    }
    return wasAdopted();
  }

  private void base(Optional<Version> version) {
    Base want = wanted.base();
    Base have = version.map(Version::base).orElse(new Base("", "", 0, Map.of()));
    if (!want.charge().equals(have.charge())) {
      base.add(new FieldChange("pricing", have.charge(), want.charge()));
    }
    if (!want.strategy().isEmpty() && !want.strategy().equals(have.strategy())) {
      base.add(new FieldChange("billing_strategy", have.strategy(), want.strategy()));
      if (have.strategy().equals("provider_managed")) {
        erases.add("the link to prices that are kept in the payment provider");
      }
    }
    trial(want, have);
    TreeSet<String> currencies = new TreeSet<>(want.prices().keySet());
    currencies.addAll(have.prices().keySet());
    for (String currency : currencies) {
      for (Cadence cadence : Cadence.values()) {
        basePrice(currency, cadence, want, have);
      }
    }
  }

  private void trial(Base want, Base have) {
    String there = days(have.trialDays());
    if (trialDays == 0 && have.trialDays() != 0 && stays(Memo.TRIAL, there + " days")) {
      if (want.charge().equals(Base.RECURRING)) {
        trialDays = have.trialDays();
      } else {
        erases.add(Memo.TRIAL + " " + there + " days"); // only what recurs has one
      }
    }
    if (trialDays != have.trialDays()) {
      base.add(new FieldChange("trial.days", there, days(trialDays)));
    }
  }

  private void basePrice(String currency, Cadence cadence, Base want, Base have) {
    Optional<BigDecimal> to = want.price(currency, cadence);
    Optional<BigDecimal> from = have.price(currency, cadence);
    if (to.equals(from)) {
      return;
    }
    String key = priceKey(currency, cadence);
    if (to.isEmpty() && !isOurs("base:" + key)) {
      foreignPrices.add("price " + shown(from, currency) + " " + currency + " " + cadence.word());
      if (wasAdopted()) {
        return;
      }
    }
    takesAway |= to.isEmpty();
    CatalogPrice price = wanted.basePrices().get(key);
    base.add(
        new FieldChange(
            "prices." + (price == null ? "[" + key + "]" : price.name()) + ".amount",
            shown(from, currency),
            shown(to, currency)));
  }

  private void rows(List<Row> rows) {
    Map<String, List<Row>> byFeature = new TreeMap<>();
    rows.forEach(
        row -> byFeature.computeIfAbsent(row.featureId(), it -> new ArrayList<>()).add(row));
    wanted
        .wants()
        .forEach(
            (id, want) -> {
              List<Row> there = byFeature.getOrDefault(id, List.of());
              Optional<Row> best =
                  there.stream()
                      .filter(it -> isSame(want.grant(), it.grant()))
                      .findFirst()
                      .or(() -> there.stream().findFirst());
              best.ifPresentOrElse(row -> changed(id, want, row), () -> added(id, want));
              there.stream()
                  .filter(row -> !best.equals(Optional.of(row)))
                  .forEach(row -> removed(want.word(), row));
            });
    byFeature.forEach(
        (id, there) -> {
          // What was there before an adoption stays. What may be ours, from before a status was
          // lost, is neither kept in silence nor taken away.
          if (!wanted.wants().containsKey(id) && (isOurs("feature:" + id) || !wasAdopted())) {
            there.forEach(row -> removed(directory.word(id), row));
          }
        });
  }

  private void added(String featureId, Wanted.Want want) {
    edits.add(new Edit.Add(featureId, want.grant()));
    want.entitlement()
        .ifPresent(
            it ->
                grants.add(
                    new FieldChange("entitlements." + want.word(), "", shown(want.grant()))));
    want.prices()
        .forEach((key, price) -> grants.add(priceChange(price.name(), key, none(), want.grant())));
  }

  private void removed(String word, Row row) {
    edits.add(new Edit.Remove(row.id()));
    takesAway = true;
    if (!isOurs("feature:" + row.featureId())) {
      erases.add("entitlement of feature " + word + " " + row.id());
    }
    unmanaged(word, row);
    grants.add(new FieldChange("entitlements." + word, shown(row.grant()), ""));
  }

  private void changed(String featureId, Wanted.Want want, Row row) {
    Grant to = want.grant();
    Grant from = row.grant();
    if (isSame(to, from)) {
      return;
    }
    String field = "entitlements." + want.word();
    difference(field, typeOf(to), typeOf(from));
    difference(field + ".enabled", text(to.enabled()), text(from.enabled()));
    difference(field + ".limit", number(to), number(from));
    if (needsPeriod(to) || needsPeriod(from)) {
      difference(field + ".reset", period(to), period(from));
    }
    difference("prices[" + want.word() + "].model", to.behavior(), from.behavior());
    TreeSet<String> keys = new TreeSet<>(keys(to));
    keys.addAll(keys(from));
    for (String key : keys) {
      if (!rate(to, key).equals(rate(from, key))) {
        takesAway |= rate(to, key).isEmpty();
        CatalogPrice price = want.prices().get(key);
        grants.add(priceChange(price == null ? "[" + key + "]" : price.name(), key, from, to));
      }
    }
    unmanaged(want.word(), row);
    if (fields(to).containsAll(fields(from))) {
      edits.add(new Edit.Change(row.id(), featureId, to));
    } else {
      // What an update leaves out may stay, by all that is documented: a new row has none of it.
      edits.add(new Edit.Remove(row.id()));
      edits.add(new Edit.Add(featureId, to));
    }
  }

  private void difference(String field, String to, String from) {
    if (!to.equals(from)) {
      grants.add(new FieldChange(field, from, to));
    }
  }

  private void unmanaged(String word, Row row) {
    row.unmanaged().forEach(it -> erases.add("entitlement of feature " + word + ": " + it));
  }

  private boolean isOurs(String handle) {
    return handles.get(Memo.MADE).isPresent() || handles.get(handle).isPresent();
  }

  private boolean wasAdopted() {
    return handles.get(Memo.ADOPTED).isPresent();
  }

  /** Whether two rows grant and cost the same. */
  static boolean isSame(Grant to, Grant from) {
    return typeOf(to).equals(typeOf(from))
        && to.enabled().equals(from.enabled())
        && to.limit().equals(from.limit())
        && to.softLimit().equals(from.softLimit())
        && (!(needsPeriod(to) || needsPeriod(from)) || period(to).equals(period(from)))
        && to.behavior().equals(from.behavior())
        && to.prices().equals(from.prices());
  }

  /** The vendor decides on the type of what is paid in advance. */
  private static String typeOf(Grant grant) {
    return grant.behavior().equals(Grant.PAID_IN_ADVANCE) ? "trait" : grant.type();
  }

  private static boolean needsPeriod(Grant grant) {
    return grant.limit().isPresent() || grant.softLimit().isPresent();
  }

  /** No period and all of time are the same. */
  private static String period(Grant grant) {
    String period = grant.period().equals(Wanted.Periods.ALL_TIME) ? "" : grant.period();
    boolean month = period.equals(Wanted.Periods.MONTH);
    return month ? period + " from " + grant.monthReset() : period;
  }

  private static String number(Grant grant) {
    return grant
        .limit()
        .map(Decimals::canonical)
        .or(() -> grant.softLimit().map(it -> Decimals.canonical(it) + " (soft)"))
        .orElse("");
  }

  private static String text(Optional<Boolean> flag) {
    return flag.map(it -> Boolean.toString(it)).orElse("");
  }

  private static String shown(Grant grant) {
    String value = text(grant.enabled()) + number(grant);
    return value.isEmpty() ? typeOf(grant) : value;
  }

  private static Grant none() {
    return new Grant(
        "", Optional.empty(), Optional.empty(), Optional.empty(), "", "", "", Map.of());
  }

  private static TreeSet<String> keys(Grant grant) {
    TreeSet<String> keys = new TreeSet<>();
    grant
        .prices()
        .forEach(
            (currency, rates) -> rates.keySet().forEach(it -> keys.add(priceKey(currency, it))));
    return keys;
  }

  private static Optional<Rate> rate(Grant grant, String key) {
    String currency = key.substring(0, key.indexOf('/'));
    for (Cadence cadence : Cadence.values()) {
      if (priceKey(currency, cadence).equals(key)) {
        return grant.price(currency, cadence);
      }
    }
    return Optional.empty();
  }

  private static FieldChange priceChange(String name, String key, Grant from, Grant to) {
    String currency = key.substring(0, key.indexOf('/'));
    boolean tiered = rate(to, key).or(() -> rate(from, key)).map(Rate::isTiered).orElse(false);
    return new FieldChange(
        "prices." + name + (tiered ? ".tiers" : ".amount"),
        rate(from, key).map(it -> it.shown(currency)).orElse(""),
        rate(to, key).map(it -> it.shown(currency)).orElse(""));
  }

  /** Every field that a row sets. */
  private static TreeSet<String> fields(Grant grant) {
    TreeSet<String> fields = keys(grant);
    grant.enabled().ifPresent(it -> fields.add("value_bool"));
    grant.limit().ifPresent(it -> fields.add("value_numeric"));
    grant.softLimit().ifPresent(it -> fields.add("soft_limit"));
    mark(fields, grant.period(), "metric_period");
    mark(fields, grant.monthReset(), "metric_period_month_reset");
    mark(fields, grant.behavior(), "price_behavior");
    mark(fields, grant.behavior().equals(Grant.TIERED) ? "tiers" : "", "tier_mode");
    return fields;
  }

  private static void mark(TreeSet<String> fields, String value, String field) {
    if (!value.isEmpty()) {
      fields.add(field);
    }
  }

  private static String shown(Optional<BigDecimal> minor, String currency) {
    return minor.map(it -> Rate.major(it, currency)).orElse("");
  }

  private static String days(long days) {
    return days == 0 ? "" : Long.toString(days);
  }
}
