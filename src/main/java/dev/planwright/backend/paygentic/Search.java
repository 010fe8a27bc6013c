package dev.planwright.backend.paygentic;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Sought;
import dev.planwright.backend.paygentic.PaygenticWorld.Leftovers;
import dev.planwright.backend.paygentic.Wanted.Slot;
import dev.planwright.catalog.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks for fees and prices that a former try of this plan made and no plan lists. A fee tells by
 * its mark; a price of such a fee is ours; a price of a metric bears no mark, and any that is equal
 * and that no plan lists will do. Where a sweep saw fees of ours that the plan does not sell, they
 * are looked at too.
 */
final class Search {
  /** How far Paygentic's clock may be behind ours. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

  /** Handles of prices that were made and not seen in a plan yet begin so. */
  static final String MADE = "made:";

  /** Handles of fees. */
  static final String FEE = "fee:";

  /** Handles of fees of ours that only former versions of the plan have prices of. */
  static final String OLD_FEE = "old-fee:";

  private final PaygenticReader reader;
  private final Listings listings;
  private final PaygenticSettings settings;
  private final Claims claims;

  private final Sought sought;
  private final Identity identity;
  private final Wanted wanted;
  private final Optional<RemotePlan> remote;
  private final Optional<Matching> matching;
  private final String product;
  private final boolean open;

  private final Map<String, RemoteFee> fees;
  private final TreeMap<String, RemotePrice> prices = new TreeMap<>();
  private final Set<String> ownFees = new TreeSet<>();
  private final Map<String, String> feeOf = new HashMap<>();
  private final Map<String, String> priceOf = new HashMap<>();
  private final Set<String> listed = new HashSet<>();
  private boolean scanned;

  private Search(
      PaygenticReader reader,
      Listings listings,
      PaygenticSettings settings,
      Claims claims,
      Sought sought,
      Wanted wanted,
      Optional<RemotePlan> remote,
      Map<String, RemoteFee> feesOfPlan,
      String product,
      Set<String> suspects) {
    this.reader = reader;
    this.listings = listings;
    this.settings = settings;
    this.claims = claims;
    this.sought = sought;
    this.identity = sought.identity();
    this.wanted = wanted;
    this.remote = remote;
    this.fees = new TreeMap<>(feesOfPlan);
    this.matching = remote.map(it -> Matching.of(wanted, it, feesOfPlan, identity));
    this.product = product;
    this.open =
        sought.intents().stream().anyMatch(it -> isOfChild(it.what()))
            || suspects.stream().anyMatch(it -> sought.handles().get(OLD_FEE + it).isEmpty());
  }

  /**
   * What was found.
   *
   * @param fees those of the plan, and those that bear our mark
   * @param seen intents whose object is there
   * @param handles those known, with what this look taught
   */
  record Found(
      Leftovers leftovers, Map<String, RemoteFee> fees, Set<String> seen, Handles handles) {}

  /** The tools that every search uses. */
  record Tools(
      PaygenticReader reader, Listings listings, PaygenticSettings settings, Claims claims) {
    Found search(
        Sought sought,
        Wanted wanted,
        Optional<RemotePlan> remote,
        Map<String, RemoteFee> fees,
        String product,
        Set<String> suspects) {
      return new Search(
              reader, listings, settings, claims, sought, wanted, remote, fees, product, suspects)
          .search();
    }
  }

  private Found search() {
    List<Slot> lacking = wanted.slots().stream().filter(it -> !isThere(it)).toList();
    if (lacking.isEmpty() && !open) {
      return new Found(Leftovers.NONE, fees, seen(), sought.handles());
    }
    chooseFees(lacking);
    readPrices(lacking);
    lacking.forEach(this::choosePrice);
    List<String> uselessPrices = uselessPrices();
    List<String> uselessFees = uselessFees(uselessPrices);
    return new Found(
        new Leftovers(priceOf, feeOf, uselessPrices, uselessFees),
        fees,
        seen(),
        oldFees(uselessFees));
  }

  /** Which fees no later sweep has to wonder at. */
  private Handles oldFees(List<String> uselessFees) {
    Handles known = sought.handles();
    if (!scanned || remote.isEmpty()) {
      return known;
    }
    for (String fee : ownFees) {
      boolean current = remote.get().prices().stream().anyMatch(it -> it.feeId().equals(fee));
      known =
          current || uselessFees.contains(fee) || feeOf.containsValue(fee)
              ? known.without(OLD_FEE + fee)
              : known.with(OLD_FEE + fee, fee);
    }
    return known;
  }

  private boolean isThere(Slot slot) {
    return matching
        .flatMap(it -> Optional.ofNullable(it.found().get(slot.priceName())))
        .filter(it -> slot.isBilledAs(it, wanted.cadence()))
        .isPresent();
  }

  private Optional<RemoteFee> matchedFee(Slot slot) {
    return matching
        .flatMap(it -> Optional.ofNullable(it.found().get(slot.priceName())))
        .flatMap(it -> Optional.ofNullable(fees.get(it.feeId())))
        .filter(it -> it.mark().isEmpty() || it.isOf(identity));
  }

  private void chooseFees(List<Slot> lacking) {
    boolean needed =
        settings.exclusiveProduct()
            || lacking.stream().anyMatch(it -> it.isOfFee() && matchedFee(it).isEmpty());
    if (needed || open) {
      listings.fees(product, open).stream()
          .filter(it -> it.isOf(identity))
          .forEach(it -> fees.put(it.id(), it));
    }
    // A list may be behind; what status knows is read by its id.
    sought.handles().ids().entrySet().stream()
        .filter(it -> it.getKey().startsWith(FEE) && !fees.containsKey(it.getValue()))
        .filter(it -> needed || open)
        .forEach(it -> reader.fee(it.getValue()).ifPresent(fee -> fees.put(fee.id(), fee)));
    fees.values().stream().filter(it -> it.isOf(identity)).forEach(it -> ownFees.add(it.id()));
    for (Slot slot : lacking) {
      if (slot.isOfFee()) {
        matchedFee(slot)
            .map(RemoteFee::id)
            .or(() -> ownFees.stream().filter(it -> isFor(slot, it)).findFirst())
            .ifPresent(it -> feeOf.put(slot.priceName(), it));
      }
    }
  }

  private boolean isFor(Slot slot, String fee) {
    return Optional.ofNullable(fees.get(fee))
        .filter(it -> it.price().equals(slot.priceName()))
        .isPresent();
  }

  /**
   * Fees are made before prices: where a plan that does not exist needs a fee and none bears our
   * mark, no price was made either.
   */
  private void readPrices(List<Slot> lacking) {
    boolean feesNeeded = wanted.slots().stream().anyMatch(Slot::isOfFee);
    boolean untouched = remote.isEmpty() && feesNeeded && ownFees.isEmpty() && !open;
    if (!untouched) {
      boolean all =
          open
              || (settings.exclusiveProduct() && !ownFees.isEmpty())
              || lacking.stream().anyMatch(it -> feeOf.containsKey(it.priceName()));
      if (all) {
        listings.prices(open).forEach(it -> prices.put(it.id(), it));
        scanned = true;
      } else {
        lacking.stream()
            .filter(it -> !it.isOfFee())
            .forEach(
                slot ->
                    listings.prices(slot.metricId(), false).forEach(it -> prices.put(it.id(), it)));
      }
    }
    sought.handles().ids().entrySet().stream()
        .filter(it -> it.getKey().startsWith(MADE) && !prices.containsKey(it.getValue()))
        .forEach(it -> reader.price(it.getValue()).ifPresent(p -> prices.put(p.id(), p)));
  }

  private void choosePrice(Slot slot) {
    List<RemotePrice> equal =
        prices.values().stream()
            .filter(it -> slot.isLike(it, wanted.cadence()))
            .filter(it -> !slot.isOfFee() || it.feeId().equals(feeOf.get(slot.priceName())))
            .filter(it -> !priceOf.containsValue(it.id()))
            .toList();
    if (equal.isEmpty()) {
      return;
    }
    for (RemotePrice price : equal) {
      if (!listed().contains(price.id())
          && claims.take(identity, slot.content(), price.id())
          && reader.price(price.id()).filter(it -> slot.isLike(it, wanted.cadence())).isPresent()) {
        priceOf.put(slot.intent(), price.id());
        return;
      }
    }
  }

  /** Prices that some plan sells. */
  private Set<String> listed() {
    if (listed.isEmpty()) {
      remote.ifPresent(it -> listed.addAll(it.priceIds()));
      listings.plans(true).forEach(it -> listed.addAll(it.priceIds()));
    }
    return listed;
  }

  private List<String> uselessPrices() {
    List<RemotePrice> candidates =
        prices.values().stream()
            .filter(it -> !priceOf.containsValue(it.id()) && claims.isFree(identity, it.id()))
            .filter(it -> isJournaled(it) || isExclusive(it))
            .toList();
    if (candidates.isEmpty()) {
      return List.of();
    }
    Set<String> sold = new HashSet<>();
    remote.ifPresent(it -> sold.addAll(reader.everListed(it)));
    return candidates.stream()
        .map(RemotePrice::id)
        .filter(it -> !listed().contains(it) && !sold.contains(it))
        .toList();
  }

  /** Made by a create of ours that was not answered, and no longer or not twice wanted. */
  private boolean isJournaled(RemotePrice price) {
    String hash = "#" + Hash.of(price.content(wanted.cadence()));
    return (!price.isOfFee() || ownFees.contains(price.feeId()))
        && sought.intents().stream()
            .anyMatch(
                it ->
                    it.what().startsWith("price:")
                        && it.what().endsWith(hash)
                        && !price.created().isBefore(it.attempted().minus(CLOCK_SKEW)));
  }

  /** Of a fee of ours, where nobody else makes prices. */
  private boolean isExclusive(RemotePrice price) {
    return settings.exclusiveProduct()
        && product.equals(settings.productId())
        && ownFees.contains(price.feeId());
  }

  private List<String> uselessFees(List<String> uselessPrices) {
    if (!scanned) {
      return List.of();
    }
    Set<String> priced = new HashSet<>();
    prices.values().stream()
        .filter(it -> !uselessPrices.contains(it.id()))
        .forEach(it -> priced.add(it.feeId()));
    // A price that landed late kept its fee from being deleted, and goes now.
    prices.values().stream()
        .filter(it -> uselessPrices.contains(it.id()))
        .forEach(it -> claims.forgive(it.feeId()));
    remote.ifPresent(it -> it.prices().forEach(price -> priced.add(price.feeId())));
    List<String> useless = new ArrayList<>();
    for (String fee : ownFees) {
      if (!priced.contains(fee)
          && !feeOf.containsValue(fee)
          && claims.isFree(identity, fee)
          && Optional.ofNullable(fees.get(fee)).filter(this::mayGo).isPresent()) {
        useless.add(fee);
      }
    }
    useless.sort(Comparator.naturalOrder());
    return useless;
  }

  private boolean mayGo(RemoteFee fee) {
    return (settings.exclusiveProduct() && product.equals(settings.productId()))
        || sought.intents().stream()
            .anyMatch(
                it ->
                    it.what().equals(FEE + fee.price())
                        && !fee.created().isBefore(it.attempted().minus(CLOCK_SKEW)));
  }

  // ---- what was journaled ----------------------------------------------------------------------

  private static boolean isOfChild(String what) {
    return what.startsWith(FEE) || what.startsWith("price:");
  }

  private Set<String> seen() {
    Set<String> seen = new HashSet<>();
    for (Intent intent : sought.intents()) {
      String what = intent.what();
      boolean there =
          what.startsWith(FEE)
              ? fees.values().stream()
                  .anyMatch(it -> ownFees.contains(it.id()) && what.equals(FEE + it.price()))
              : what.startsWith("price:") && isSeen(what.substring(what.lastIndexOf('#') + 1));
      if (there) {
        seen.add(what);
      }
    }
    return seen;
  }

  private boolean isSeen(String hash) {
    return remote.stream().flatMap(it -> it.prices().stream()).anyMatch(it -> isOf(it, hash))
        || prices.values().stream()
            .filter(it -> !it.isOfFee() || ownFees.contains(it.feeId()) || isMatched(it.feeId()))
            .filter(it -> isOf(it, hash))
            .anyMatch(it -> priceOf.containsValue(it.id()) || !listed().contains(it.id()));
  }

  private boolean isMatched(String fee) {
    return feeOf.containsValue(fee);
  }

  private boolean isOf(RemotePrice price, String hash) {
    return Hash.of(price.content(wanted.cadence())).equals(hash);
  }
}
