package dev.planwright.backend.noderails;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was agreed with those who are on each price, and what follows from it for old prices, which
 * no manifest names any more: they move only together with the price that is sold now, and an
 * amount that nobody agreed to is somebody's hand.
 *
 * <p>A price's own mark says what it was made with. Where that no longer holds, the plan's mark
 * does: before a change in place it names both amounts, so that whichever a crash leaves is known
 * for ours, and afterwards the one that is there.
 */
final class Agreements {
  private final List<Wanted.Price> wanted;
  private final RemotePlan remote;
  private final Matching matching;
  private final boolean migrate;
  private final Usage usage;

  Agreements(RemotePlan remote, Matching matching, boolean migrate, Usage usage) {
    this.wanted = matching.wanted();
    this.remote = remote;
    this.matching = matching;
    this.migrate = migrate;
    this.usage = usage;
  }

  /** Old prices that change in place when the current one does; none that nobody is on. */
  List<RemotePlan.Price> moving(Wanted.Price price) {
    return changesInPlace(price)
        ? olds(price).stream()
            .filter(it -> it.terms().isMovableTo(price.terms()))
            .filter(it -> !it.terms().equals(price.terms()))
            .toList()
        : List.of();
  }

  /** Old prices of another currency or interval, which nothing can bring along. */
  List<RemotePlan.Price> staying(Wanted.Price price) {
    return changesInPlace(price)
        ? olds(price).stream().filter(it -> !it.terms().isMovableTo(price.terms())).toList()
        : List.of();
  }

  private List<RemotePlan.Price> olds(Wanted.Price price) {
    return matching.superseded(price).stream().filter(it -> !usage.isUnused(it.id())).toList();
  }

  private boolean changesInPlace(Wanted.Price price) {
    return migrate
        && matching
            .current(price)
            .map(RemotePlan.Price::terms)
            .filter(it -> !it.equals(price.terms()) && it.isMovableTo(price.terms()))
            .isPresent();
  }

  /** Old prices that somebody is on and that cost what nobody agreed to. */
  List<RemotePlan.Price> tampered(Wanted.Price price) {
    return olds(price).stream().filter(it -> !isAsAgreed(it)).toList();
  }

  /** Old prices that are switched off though somebody renews on them, and is soon cut off. */
  List<RemotePlan.Price> cutOff(Wanted.Price price) {
    return matching.retired(price).stream().filter(it -> usage.isUsed(it.id())).toList();
  }

  /** What an old price has to cost again. */
  Terms restored(RemotePlan.Price old) {
    return old.terms().with(matching.agreed(old).getFirst());
  }

  private boolean isAsAgreed(RemotePlan.Price price) {
    List<Agreed> agreed = matching.agreed(price);
    return agreed.isEmpty() || agreed.contains(Agreed.of(price.terms()));
  }

  /** For the plan's mark: what the prices' own marks do not say. */
  SortedMap<String, List<Agreed>> noted() {
    // Inactive prices keep theirs: they may come back, and forgetting would be one more call.
    SortedMap<String, List<Agreed>> noted = new TreeMap<>(matching.noted());
    noted.keySet().removeIf(id -> remote.price(id).isEmpty());
    for (Wanted.Price price : wanted) {
      Agreed target = Agreed.of(price.terms());
      matching
          .current(price)
          .ifPresent(
              it -> {
                boolean there = it.terms().equals(price.terms());
                note(noted, it, there ? List.of(target) : settled(it));
                if (changesInPlace(price)) {
                  note(noted, it, with(settled(it), target));
                }
              });
      matching.superseded(price).forEach(it -> note(noted, it, settled(it)));
      moving(price).forEach(it -> note(noted, it, with(settled(it), target)));
    }
    return noted;
  }

  private static void note(
      Map<String, List<Agreed>> noted, RemotePlan.Price price, List<Agreed> agreed) {
    if (price.mark().map(PriceMark::agreed).filter(agreed::equals).isPresent()) {
      noted.remove(price.id());
    } else {
      noted.put(price.id(), agreed);
    }
  }

  /** The one that is there, where it is one of ours or nothing is known; else what is known. */
  private List<Agreed> settled(RemotePlan.Price price) {
    return isAsAgreed(price) ? List.of(Agreed.of(price.terms())) : matching.agreed(price);
  }

  private static List<Agreed> with(List<Agreed> agreed, Agreed target) {
    List<Agreed> both = new ArrayList<>(agreed);
    if (!both.contains(target)) {
      both.add(target);
    }
    return List.copyOf(both);
  }
}
