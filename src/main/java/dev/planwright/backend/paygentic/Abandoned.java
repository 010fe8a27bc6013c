package dev.planwright.backend.paygentic;

import dev.planwright.backend.Intent;
import dev.planwright.backend.Sought;
import dev.planwright.backend.paygentic.PaygenticWorld.Leftovers;
import dev.planwright.catalog.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Fees and prices that a plan leaves behind which is deleted while it is made or changed: they bear
 * our mark, or a journal or an id in status says that we made them, and no version lists them. No
 * manifest says any more what they were for, so all of them go.
 */
final class Abandoned {
  /** Cadences that a plan may have had: a price that names none has the plan's. */
  private static final List<String> CADENCES = List.of("P1M", "P3M", "P1Y");

  /** How far Paygentic's clock may be behind ours. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

  private final PaygenticReader reader;
  private final Listings listings;
  private final PaygenticSettings settings;
  private final Claims claims;
  private final Sought sought;
  private final Identity identity;
  private final Optional<RemotePlan> remote;
  private final String product;

  Abandoned(
      PaygenticReader reader,
      Listings listings,
      PaygenticSettings settings,
      Claims claims,
      Sought sought,
      Optional<RemotePlan> remote,
      String product) {
    this.reader = reader;
    this.listings = listings;
    this.settings = settings;
    this.claims = claims;
    this.sought = sought;
    this.identity = sought.identity();
    this.remote = remote;
    this.product = product;
  }

  Leftovers search() {
    if (!isExclusive() && sought.intents().isEmpty() && made().isEmpty()) {
      return Leftovers.NONE; // nothing says that anything else than the mark of a fee is ours
    }
    Map<String, RemoteFee> fees = new TreeMap<>();
    listings.fees(product, true).stream()
        .filter(it -> it.isOf(identity))
        .forEach(it -> fees.put(it.id(), it));
    handles(Search.FEE).stream()
        .filter(it -> !fees.containsKey(it))
        .flatMap(it -> reader.fee(it).stream())
        .filter(it -> it.isOf(identity))
        .forEach(it -> fees.put(it.id(), it));
    Map<String, RemotePrice> prices = new TreeMap<>();
    listings.prices(true).forEach(it -> prices.put(it.id(), it));
    made().stream()
        .filter(it -> !prices.containsKey(it))
        .flatMap(it -> reader.price(it).stream())
        .forEach(it -> prices.put(it.id(), it));
    List<String> uselessPrices = uselessPrices(prices, fees.keySet());
    return new Leftovers(
        Map.of(), Map.of(), uselessPrices, uselessFees(fees, prices, uselessPrices));
  }

  private boolean isExclusive() {
    return settings.exclusiveProduct() && product.equals(settings.productId());
  }

  private List<String> made() {
    return handles(Search.MADE);
  }

  private List<String> handles(String prefix) {
    return sought.handles().ids().entrySet().stream()
        .filter(it -> it.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .toList();
  }

  private List<String> uselessPrices(Map<String, RemotePrice> prices, Set<String> ownFees) {
    List<RemotePrice> candidates =
        prices.values().stream()
            .filter(it -> claims.isFree(identity, it.id()))
            .filter(
                it ->
                    made().contains(it.id())
                        || isJournaled(it, ownFees)
                        || (isExclusive() && ownFees.contains(it.feeId())))
            .toList();
    if (candidates.isEmpty()) {
      return List.of();
    }
    Set<String> sold = new HashSet<>();
    listings.plans(true).forEach(it -> sold.addAll(it.priceIds()));
    remote.ifPresent(it -> sold.addAll(reader.everListed(it)));
    return candidates.stream()
        .map(RemotePrice::id)
        .filter(it -> !sold.contains(it))
        // A list may be behind a deletion of a moment ago; an object itself is not.
        .filter(it -> reader.price(it).isPresent())
        .toList();
  }

  private boolean isJournaled(RemotePrice price, Set<String> ownFees) {
    List<String> ends = CADENCES.stream().map(it -> "#" + Hash.of(price.content(it))).toList();
    return (!price.isOfFee() || ownFees.contains(price.feeId()))
        && sought.intents().stream()
            .anyMatch(
                it ->
                    it.what().startsWith("price:")
                        && ends.stream().anyMatch(it.what()::endsWith)
                        && isAfter(it, price.created()));
  }

  private static boolean isAfter(Intent intent, Instant created) {
    return !created.isBefore(intent.attempted().minus(CLOCK_SKEW));
  }

  /** A fee goes when none of its prices stays. */
  private List<String> uselessFees(
      Map<String, RemoteFee> fees, Map<String, RemotePrice> prices, List<String> uselessPrices) {
    Set<String> priced = new HashSet<>();
    prices.values().stream()
        .filter(it -> !uselessPrices.contains(it.id()))
        .forEach(it -> priced.add(it.feeId()));
    // A price that landed late kept its fee from being deleted, and goes now.
    prices.values().stream()
        .filter(it -> uselessPrices.contains(it.id()))
        .forEach(it -> claims.forgive(it.feeId()));
    remote.ifPresent(it -> it.prices().forEach(price -> priced.add(price.feeId())));
    List<String> made = handles(Search.FEE);
    List<String> useless = new ArrayList<>();
    for (RemoteFee fee : fees.values()) {
      boolean ours =
          isExclusive()
              || made.contains(fee.id())
              || sought.intents().stream()
                  .anyMatch(
                      it ->
                          it.what().equals(Search.FEE + fee.price()) && isAfter(it, fee.created()));
      if (ours
          && !priced.contains(fee.id())
          && claims.isFree(identity, fee.id())
          && reader.fee(fee.id()).isPresent()) {
        useless.add(fee.id());
      }
    }
    return useless;
  }
}
