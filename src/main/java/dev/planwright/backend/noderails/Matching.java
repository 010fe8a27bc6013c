package dev.planwright.backend.noderails;

import dev.planwright.backend.Observation.Ownership;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which price of a plan belongs to which name. Its own mark says so, unless the plan's mark binds
 * it to another one: after a rename, or where it was taken over and bears no mark at all.
 */
final class Matching {
  private static final Comparator<RemotePlan.Price> NEWEST_LAST =
      Comparator.comparingInt(RemotePlan.Price::revision)
          .thenComparing(Comparator.comparing(RemotePlan.Price::id).reversed());

  private final RemotePlan plan;
  private final Identity identity;
  private final boolean ours;
  private final List<Wanted.Price> wanted;
  private final Set<String> wantedNames;
  private final Optional<PlanMark> mark;
  private final Map<String, String> nameOf = new HashMap<>();

  private Matching(CatalogPlan desired, RemotePlan plan, Ownership ownership) {
    this.plan = plan;
    this.identity = desired.identity();
    this.wanted = Wanted.prices(desired);
    this.wantedNames = wanted.stream().map(Wanted.Price::name).collect(Collectors.toSet());
    this.mark = plan.mark().filter(it -> it.identity().equals(identity));
    this.ours = ownership == Ownership.OURS && mark.isPresent();
  }

  static Matching of(CatalogPlan desired, RemotePlan plan, Ownership ownership) {
    Matching matching = new Matching(desired, plan, ownership);
    matching.byMark();
    matching.byExternalId();
    if (!matching.ours) {
      matching.byShape();
    }
    matching.byRename();
    return matching;
  }

  private void byMark() {
    for (RemotePlan.Price price : plan.prices()) {
      ownName(price).ifPresent(it -> nameOf.put(price.id(), it));
      mark.map(it -> it.bound().get(price.id()))
          .filter(it -> !isAnothers(price))
          .ifPresent(it -> nameOf.put(price.id(), it));
    }
  }

  private void byExternalId() {
    for (Wanted.Price price : wanted) {
      price
          .externalId()
          .flatMap(plan::price)
          .filter(it -> !isAnothers(it) && !nameOf.containsKey(it.id()))
          .ifPresent(it -> nameOf.put(it.id(), price.name()));
    }
  }

  /** The prices wanted, with what stays that their manifests leave out. */
  List<Wanted.Price> wanted() {
    return wanted.stream()
        .map(
            price ->
                current(price)
                    .or(() -> dormant(price))
                    .map(there -> price.keeping(there, staying(price, there)))
                    .orElse(price))
        .toList();
  }

  /** What a price had before it was taken over and its manifest leaves out. */
  private Set<String> staying(Wanted.Price price, RemotePlan.Price there) {
    Set<String> staying = new TreeSet<>();
    for (String field : price.unsaid()) {
      if (has(there, field) && had(there, field)) {
        staying.add(field);
      }
    }
    return staying;
  }

  /** Whether a field was there before we were, on this price or on one that it follows. */
  private boolean had(RemotePlan.Price there, String field) {
    if (!ours) {
      return there.mark().isEmpty();
    }
    Set<String> names = new TreeSet<>();
    Optional.ofNullable(nameOf.get(there.id())).ifPresent(names::add);
    ownName(there).ifPresent(names::add); // from before a rename
    return names.stream().flatMap(it -> named(it).stream()).anyMatch(it -> isKept(it, field));
  }

  private boolean isKept(RemotePlan.Price price, String field) {
    return mark.map(it -> it.kept().contains(kept(price, field))).orElse(false);
  }

  /** How a plan's mark notes that a field of a price stays. */
  private static String kept(RemotePlan.Price price, String field) {
    return price.id() + "." + field;
  }

  private static boolean has(RemotePlan.Price price, String field) {
    return switch (field) {
      case Wanted.TRIAL -> price.terms().trialDays() != 0;
      case Wanted.NICKNAME_FIELD -> !price.nickname().isEmpty();
      default -> price.sortOrder() != 0;
    };
  }

  /** Whether a price is what is wanted, but for what of it stays. */
  private boolean isLike(Wanted.Price price, RemotePlan.Price there) {
    boolean stays = price.unsaid().contains(Wanted.TRIAL) && had(there, Wanted.TRIAL);
    Terms terms = there.terms();
    return price.terms().equals(stays ? terms.trying(price.terms().trialDays()) : terms);
  }

  /** A plan that is taken over: its price of the same interval and currency is the one meant. */
  private void byShape() {
    for (Wanted.Price price : wanted) {
      takeOver(price, it -> it.terms().equals(price.terms()));
    }
    for (Wanted.Price price : wanted) {
      takeOver(price, it -> isLike(price, it));
    }
    for (Wanted.Price price : wanted) {
      takeOver(price, it -> it.terms().isMovableTo(price.terms()));
    }
  }

  private void takeOver(Wanted.Price price, Predicate<RemotePlan.Price> like) {
    if (!active(price.name()).isEmpty()) {
      return;
    }
    List<RemotePlan.Price> candidates =
        unclaimed().stream().filter(RemotePlan.Price::active).filter(like).toList();
    boolean equal = candidates.stream().allMatch(it -> it.terms().equals(price.terms()));
    if (candidates.size() == 1 || (equal && !candidates.isEmpty())) {
      nameOf.put(candidates.getFirst().id(), price.name());
    }
  }

  /** A removed and an added price of equal content are one. */
  private void byRename() {
    for (Wanted.Price price : wanted) {
      if (!active(price.name()).isEmpty()) {
        continue;
      }
      Optional<String> old =
          plan.prices().stream()
              .filter(it -> it.active() && isLike(price, it))
              .map(it -> nameOf.get(it.id()))
              .filter(Objects::nonNull)
              .filter(it -> !wantedNames.contains(it))
              .sorted()
              .findFirst();
      old.ifPresent(from -> active(from).forEach(it -> nameOf.put(it.id(), price.name())));
    }
  }

  private boolean isAnothers(RemotePlan.Price price) {
    return price.mark().isPresent() && ownName(price).isEmpty();
  }

  private Optional<String> ownName(RemotePlan.Price price) {
    return price.mark().filter(it -> it.identity().equals(identity)).map(PriceMark::price);
  }

  private List<RemotePlan.Price> unclaimed() {
    return plan.prices().stream()
        .filter(it -> it.mark().isEmpty() && !nameOf.containsKey(it.id()))
        .toList();
  }

  private List<RemotePlan.Price> named(String name) {
    return plan.prices().stream().filter(it -> name.equals(nameOf.get(it.id()))).toList();
  }

  private List<RemotePlan.Price> active(String name) {
    return named(name).stream().filter(RemotePlan.Price::active).toList();
  }

  /**
   * The price that is sold under a name: the newest that was agreed at the terms wanted, so that
   * going back to an amount that is still kept needs no third price; else the newest. An old price
   * that somebody set to those terms by hand is none.
   */
  Optional<RemotePlan.Price> current(Wanted.Price price) {
    Collection<RemotePlan.Price> active = active(price.name());
    return active.stream()
        .filter(it -> wasAgreedAt(it, price.terms()))
        .max(NEWEST_LAST)
        .or(() -> active.stream().max(NEWEST_LAST));
  }

  private boolean wasAgreedAt(RemotePlan.Price there, Terms terms) {
    List<Agreed> agreed = agreed(there);
    return agreed.isEmpty()
        ? there.terms().equals(terms)
        : there.terms().isMovableTo(terms) && agreed.contains(Agreed.of(terms));
  }

  /** What was agreed with those who are on a price; empty where nobody wrote it down. */
  List<Agreed> agreed(RemotePlan.Price price) {
    List<Agreed> noted = noted().getOrDefault(price.id(), List.of());
    return noted.isEmpty() ? price.mark().map(PriceMark::agreed).orElse(List.of()) : noted;
  }

  /** What the plan's mark says of it. */
  SortedMap<String, List<Agreed>> noted() {
    return mark.map(PlanMark::agreed).orElseGet(TreeMap::new);
  }

  /** An inactive price that is just what is wanted, where nothing is sold under the name. */
  Optional<RemotePlan.Price> dormant(Wanted.Price price) {
    return named(price.name()).stream()
        .max(NEWEST_LAST)
        .filter(it -> !it.active() && it.terms().equals(price.terms()));
  }

  /** Old prices of a name that are still active beside the current one. */
  List<RemotePlan.Price> superseded(Wanted.Price price) {
    Optional<RemotePlan.Price> current = current(price);
    return active(price.name()).stream().filter(it -> !current.equals(Optional.of(it))).toList();
  }

  /** Old prices of a name that are not active any more. */
  List<RemotePlan.Price> retired(Wanted.Price price) {
    return named(price.name()).stream().filter(it -> !it.active()).toList();
  }

  /** The name that a price belongs to; empty where it is nobody's or another's. */
  Optional<String> name(RemotePlan.Price price) {
    return Optional.ofNullable(nameOf.get(price.id()));
  }

  /** Active prices that no manifest names any more, or that somebody added to a plan of ours. */
  List<RemotePlan.Price> removed() {
    Set<String> kept = kept();
    return plan.prices().stream()
        .filter(RemotePlan.Price::active)
        .filter(
            it -> {
              String name = nameOf.get(it.id());
              return name == null
                  ? ours && it.mark().isEmpty() && !kept.contains(it.id())
                  : !wantedNames.contains(name);
            })
        .toList();
  }

  /** What a price that is added under this name is marked with; never a number used before. */
  int nextRevision(String name) {
    return 1
        + plan.prices().stream()
            .filter(
                it ->
                    name.equals(nameOf.get(it.id()))
                        || ownName(it).filter(name::equals).isPresent())
            .mapToInt(RemotePlan.Price::revision)
            .max()
            .orElse(0);
  }

  /** For the plan's mark: names that the prices themselves do not say. */
  SortedMap<String, String> bound() {
    SortedMap<String, String> bound = new TreeMap<>();
    for (RemotePlan.Price price : plan.prices()) {
      name(price)
          .filter(it -> !ownName(price).equals(Optional.of(it)))
          .ifPresent(it -> bound.put(price.id(), it));
    }
    return bound;
  }

  /** For the plan's mark: what is there and was never ours, as far as prices go. */
  SortedSet<String> kept() {
    SortedSet<String> nobodys = new TreeSet<>();
    unclaimed().forEach(it -> nobodys.add(it.id()));
    if (ours) {
      nobodys.retainAll(mark.map(PlanMark::kept).orElseThrow());
    }
    for (Wanted.Price price : wanted) {
      Optional<RemotePlan.Price> there = current(price).or(() -> dormant(price));
      there.ifPresent(
          it -> staying(price, it).forEach(field -> nobodys.add(note(price, it, field))));
    }
    return nobodys;
  }

  /**
   * How a field that stays is noted: by the price that it was found on, as long as that has the
   * name, so that the same is written whatever follows it.
   */
  private String note(Wanted.Price price, RemotePlan.Price there, String field) {
    return named(price.name()).stream()
        .filter(it -> isKept(it, field))
        .map(it -> kept(it, field))
        .min(Comparator.naturalOrder())
        .orElse(kept(there, field));
  }

  /** Prices of one name and one revision that are both active: nobody can say which one counts. */
  static Map<String, List<String>> ambiguous(RemotePlan plan, Identity identity) {
    Map<String, List<String>> ids = new TreeMap<>();
    for (RemotePlan.Price price : plan.prices()) {
      price
          .mark()
          .filter(it -> price.active() && it.identity().equals(identity))
          .ifPresent(
              it ->
                  ids.computeIfAbsent(
                          it.price() + ", revision " + it.revision(), name -> new ArrayList<>())
                      .add(price.id()));
    }
    ids.values().removeIf(it -> it.size() < 2);
    return ids;
  }
}
