package dev.planwright.backend.stigg;

import dev.planwright.backend.FieldChange;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** In what a version differs from what is wanted, in the words of the manifest. */
final class Difference {
  private final Wanted wanted;
  private final StiggWorld.Remote remote;
  private final StiggSettings settings;
  private final Set<String> made;
  private final Optional<Seal> seal;

  private final List<FieldChange> textChanges = new ArrayList<>();
  private final List<FieldChange> priceChanges = new ArrayList<>();
  private final List<FieldChange> grantChanges = new ArrayList<>();
  private final Set<StiggStep> parts = EnumSet.noneOf(StiggStep.class);
  private final List<String> foreignRows = new ArrayList<>();
  private final List<String> erased = new ArrayList<>();
  private final List<Grant> added = new ArrayList<>();
  private final List<Grant> changed = new ArrayList<>();
  private final List<Grant> removed = new ArrayList<>();
  private final Map<String, Seal.Change> grantHashes = new TreeMap<>();
  private boolean pricesDiffer;
  private boolean takesPricesAway;

  private Difference(Wanted wanted, StiggWorld.Remote remote, StiggSettings settings) {
    this.wanted = wanted;
    this.remote = remote;
    this.settings = settings;
    this.seal = Seal.of(remote.pack());
    this.made = new TreeSet<>(Mark.made(remote.pack()));
    // In a draft of ours, what it takes away is no longer noted as made, and still ours.
    seal.ifPresent(it -> made.addAll(it.grants().keySet()));
  }

  static Difference of(Wanted wanted, StiggWorld.Remote remote, StiggSettings settings) {
    Difference difference = new Difference(wanted, remote, settings);
    difference.texts();
    difference.terms();
    difference.prices();
    difference.grants();
    return difference;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** What kinds of changes there are. */
  Set<StiggStep> parts() {
    return parts;
  }

  /** Whether anything changes that somebody pays or gets. */
  boolean changesTerms() {
    return parts.stream().anyMatch(it -> it != StiggStep.CHANGE_TEXT);
  }

  boolean pricesDiffer() {
    return pricesDiffer;
  }

  /** Whether a price of ours goes. */
  boolean takesPricesAway() {
    return takesPricesAway;
  }

  /** What the one call that fills a draft changes. */
  List<FieldChange> fillChanges() {
    List<FieldChange> all = new ArrayList<>(textChanges);
    all.addAll(priceChanges);
    return all;
  }

  List<FieldChange> grantChanges() {
    return grantChanges;
  }

  /**
   * What no manifest made and filling the draft would destroy.
   *
   * @param prices whether prices are written, which is all of them
   */
  List<String> erases(boolean prices) {
    List<String> all = new ArrayList<>(erased);
    all.addAll(prices ? foreignRows : List.of());
    return all;
  }

  /** Entitlements to be made, those that have to be made anew included. */
  List<Grant> added() {
    return added;
  }

  List<Grant> changed() {
    return changed;
  }

  List<Grant> removed() {
    return removed;
  }

  Map<String, Seal.Change> grantHashes() {
    return grantHashes;
  }

  // ---- texts and terms ----------------------------------------------------------------------

  private void texts() {
    Pack pack = remote.pack();
    text("displayName", pack.displayName(), wanted.displayName());
    text("description", pack.description(), wanted.description());
    Map<String, String> there = Mark.plain(pack.metadata());
    wanted
        .metadata()
        .forEach((name, to) -> text("metadata." + name, there.getOrDefault(name, ""), to));
    for (String name : Mark.named(pack)) {
      if (!wanted.metadata().containsKey(name)) {
        text("metadata." + name, there.getOrDefault(name, ""), "");
      }
    }
    String from = Mark.shown(pack.metadata());
    String to = Mark.shown(wanted.mark());
    text(FieldChange.OWNER, from + notes(pack), to.equals(from) ? to + notesWanted(pack) : to);
  }

  /** What the mark says beside the owner, where that is all that changes. */
  private String notes(Pack pack) {
    boolean same = Mark.shown(pack.metadata()).equals(Mark.shown(wanted.mark()));
    return same && !Mark.kept(pack).equals(wanted.kept())
        ? ", keeping " + String.join(", ", Mark.kept(pack))
        : "";
  }

  private String notesWanted(Pack pack) {
    String kept =
        Mark.kept(pack).equals(wanted.kept())
            ? ""
            : ", keeping " + String.join(", ", wanted.kept());
    // What a manifest names as it is becomes its own all the same.
    long named =
        Stream.concat(
                    wanted.plainRows().stream().map(Row::keyHash),
                    wanted.grants().stream().map(Grant::keyHash))
                .filter(it -> !Mark.made(pack).contains(it))
                .count()
            + wanted.metadata().keySet().stream()
                .filter(it -> !Mark.named(pack).contains(it))
                .count();
    return kept + (named == 0 ? "" : ", naming " + named + " more");
  }

  private void text(String field, String from, String to) {
    if (!from.equals(to)) {
      textChanges.add(new FieldChange(field, from, to));
      parts.add(StiggStep.CHANGE_TEXT);
    }
  }

  private void terms() {
    Pack pack = remote.pack();
    term("parentPlan", pack.parent(), wanted.parent(), StiggStep.CHANGE_RELATIONS);
    if (pack.terms().isPresent()) {
      Pack.Terms there = pack.terms().get();
      trial(there.trial(), wanted.terms().trial());
      term(
          "compatibleAddOns",
          String.join(", ", there.addOns()),
          String.join(", ", wanted.terms().addOns()),
          StiggStep.CHANGE_RELATIONS);
    } else {
      boolean written =
          seal.map(it -> it.hidden().equals(Seal.hidden(wanted.terms())))
              .orElse(wanted.terms().equals(new Pack.Terms("", List.of())));
      if (!written) {
        String to = wanted.terms().content().strip();
        term("trial", "not shown by Stigg", to, StiggStep.CHANGE_TRIAL);
      }
    }
  }

  /** Days and end apart, as in the manifest, where the trial is of that simple kind. */
  private void trial(String from, String to) {
    boolean nobodys =
        Mark.identity(remote.pack()).isEmpty() || Mark.kept(remote.pack()).contains(Kept.BUDGET);
    if (nobodys && Kept.budget(to).isEmpty()) {
      Kept.budget(from).ifPresent(erased::add);
    }
    term("trial.days", days(from), days(to), StiggStep.CHANGE_TRIAL);
    term("trial.onEnd", end(from), end(to), StiggStep.CHANGE_TRIAL);
  }

  private static String days(String trial) {
    return trial.replaceFirst(" DAY( CONVERT_TO_PAID| CANCEL_SUBSCRIPTION)?$", "");
  }

  private static String end(String trial) {
    String[] words = trial.split(" ", -1);
    return words.length == 3 && words[1].equals("DAY") ? words[2] : "";
  }

  private void term(String field, String from, String to, StiggStep part) {
    if (!from.equals(to)) {
      textChanges.add(new FieldChange(field, from, to));
      parts.add(part);
    }
  }

  // ---- prices -------------------------------------------------------------------------------

  private void prices() {
    Map<String, Row> left = new LinkedHashMap<>();
    List<Row> twice = new ArrayList<>();
    for (Row row : remote.rows()) {
      Row before = left.putIfAbsent(row.key(), row);
      if (before != null) {
        twice.add(row);
      }
    }
    boolean spendShown = remote.rows().stream().anyMatch(Row::isSpend);
    if (!remote.pack().pricing().equals(wanted.pricing())) {
      price(new FieldChange("pricing", remote.pack().pricing(), wanted.pricing()));
    }
    Set<String> fields = new TreeSet<>();
    for (PriceRows.Wanted row : wanted.rows()) {
      Row there = left.remove(row.row().key());
      if (there != null) {
        fields.add(row.field());
        changed(row, there);
      }
    }
    for (PriceRows.Wanted row : wanted.rows()) {
      boolean there = remote.rows().stream().anyMatch(it -> it.key().equals(row.row().key()));
      if (!there && (!row.row().isSpend() || spendShown)) {
        added(row, fields.contains(row.field()));
      }
    }
    if (!spendShown) {
      hiddenSpend();
    }
    twice.addAll(left.values());
    for (Row row : twice) {
      if (made.contains(row.keyHash())) {
        takesPricesAway = true;
        price(new FieldChange(unnamed(row), row.shown(), ""));
      } else {
        foreignRows.add("price " + row.shown());
      }
    }
  }

  /** Minimum commitments that no charge shows: then the seal says what was written. */
  private void hiddenSpend() {
    List<Row> rows = wanted.plainRows();
    boolean written =
        seal.map(it -> it.spend().equals(Seal.spend(rows)))
            .orElse(rows.stream().noneMatch(Row::isSpend));
    if (!written) {
      price(
          new FieldChange(
              "minimumCommitments",
              "not shown by Stigg",
              String.join(", ", rows.stream().filter(Row::isSpend).map(Row::summary).toList())));
    }
  }

  private void price(FieldChange change) {
    priceChanges.add(change);
    pricesDiffer = true;
    parts.add(StiggStep.CHANGE_PRICES);
  }

  private void added(PriceRows.Wanted row, boolean hasOthers) {
    Row to = row.row();
    boolean country = hasOthers && !to.country().isEmpty();
    if (to.isSpend()) {
      price(new FieldChange(row.field() + ".amount", "", to.terms().getOrDefault(Row.AMOUNT, "")));
      return;
    }
    price(
        country
            ? new FieldChange(row.field() + ".countries", "", to.country())
            : new FieldChange(row.field(), "", to.summary().strip()));
  }

  private void changed(PriceRows.Wanted row, Row from) {
    Set<String> names = new TreeSet<>(from.terms().keySet());
    names.addAll(row.row().terms().keySet());
    for (String name : names) {
      String was = from.terms().getOrDefault(name, "");
      String now = row.row().terms().getOrDefault(name, "");
      if (!was.equals(now)) {
        FieldChange change =
            new FieldChange(row.field() + (name.isEmpty() ? "" : "." + field(name)), was, now);
        if (!priceChanges.contains(change)) {
          price(change);
        }
      }
    }
  }

  private static String field(String term) {
    return switch (term) {
      case Row.MODE -> "model";
      default -> term;
    };
  }

  /** The field of a price that no manifest names. */
  private String unnamed(Row row) {
    if (row.isSpend()) {
      String every = row.period().equals(Words.MONTHLY) ? "Month" : "Year";
      String currency =
          row.terms().getOrDefault(Row.CURRENCY, "").toUpperCase(java.util.Locale.ROOT);
      return "minimumCommitments." + currency + "/" + every;
    }
    if (row.overage()) {
      return "prices[feature=" + settings.featureWord(row.feature()) + "]";
    }
    return row.feature().isEmpty()
        ? "prices[" + row.model() + " " + row.period() + "]"
        : "prices[metric=" + settings.metricWord(row.feature()) + "]";
  }

  // ---- entitlements -------------------------------------------------------------------------

  private void grants() {
    Map<String, Grant> left = new LinkedHashMap<>();
    remote.grants().forEach(it -> left.put(it.id(), it));
    for (Grant to : wanted.grants()) {
      Grant from = left.remove(to.id());
      if (from == null) {
        added.add(to);
        note(to, Seal.NONE, to.contentHash());
        grantChanges.add(new FieldChange(field(to, main(to)), "", to.term(main(to))));
      } else if (!from.isSame(to)) {
        unsaid(from, to);
        note(to, from.contentHash(), to.contentHash());
        if (from.canBecome(to)) {
          changed.add(to);
        } else {
          removed.add(from);
          added.add(to.lookingLike(from));
        }
        termChanges(from, to);
      }
    }
    for (Grant from : left.values()) {
      if (made.contains(from.keyHash())) {
        removed.add(from);
        note(from, from.contentHash(), Seal.NONE);
        grantChanges.add(new FieldChange(field(from, main(from)), from.term(main(from)), ""));
      }
    }
    if (!grantHashes.isEmpty()) {
      parts.add(StiggStep.CHANGE_ENTITLEMENTS);
    }
  }

  /** What a grant of somebody else's says and the manifest leaves to a default. */
  private void unsaid(Grant from, Grant to) {
    boolean adopting = Mark.identity(remote.pack()).isEmpty();
    if (adopting && wanted.unsaidModes().contains(to.id())) {
      String mode = from.term(Grant.BEHAVIOR);
      if (!mode.equals(to.term(Grant.BEHAVIOR))) {
        erased.add(field(to, Grant.BEHAVIOR) + " = " + mode);
      }
    }
    String dependency = from.term("dependencyFeatureId");
    if (adopting && !dependency.isEmpty()) {
      erased.add(field(to, "dependencyFeatureId") + " = " + dependency);
    }
  }

  private void note(Grant grant, String from, String to) {
    grantHashes.put(grant.keyHash(), new Seal.Change(from, to));
  }

  private void termChanges(Grant from, Grant to) {
    Set<String> names = new TreeSet<>(from.terms().keySet());
    names.addAll(to.terms().keySet());
    for (String name : names) {
      if (!from.term(name).equals(to.term(name))) {
        grantChanges.add(new FieldChange(field(to, name), from.term(name), to.term(name)));
      }
    }
    if (from.credit() != to.credit()) {
      grantChanges.add(
          new FieldChange(
              field(to, "kind"), from.credit() ? "credit" : "", to.credit() ? "credit" : ""));
    }
  }

  private String field(Grant grant, String term) {
    String list = grant.credit() ? "creditGrants." : "entitlements.";
    String word = grant.credit() ? grant.id() : settings.featureWord(grant.id());
    return list + word + "." + (term.equals(Grant.BEHAVIOR) ? "mode" : term);
  }

  /** The term that says most. */
  private static String main(Grant grant) {
    for (String term : List.of(Grant.AMOUNT, Grant.LIMIT, Grant.UNLIMITED, Grant.VALUE)) {
      if (grant.terms().containsKey(term)) {
        return term;
      }
    }
    return Grant.ENABLED;
  }
}
