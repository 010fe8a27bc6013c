package dev.planwright.backend.paygentic;

import dev.planwright.backend.Handles;
import dev.planwright.backend.MarkLine;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.backend.Observation.Ownership;
import dev.planwright.backend.Sought;
import dev.planwright.backend.paygentic.PaygenticWorld.Leftovers;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for a plan, for everything it refers to, and for what a former try left beside it. Reads
 * only.
 */
record PaygenticFinder(
    PaygenticSettings settings,
    InstantSource clock,
    PaygenticReader reader,
    Listings listings,
    References references,
    Claims claims,
    Suspects suspects) {
  Observation<PaygenticWorld> find(Sought sought) {
    Optional<RemotePlan> byId = sought.externalId().flatMap(reader::plan);
    if (byId.isEmpty() && sought.named() && sought.desired().isPresent()) {
      String id = sought.externalId().orElse("");
      return new Observation.Unresolved<>(
          List.of(new MissingReference("plan", id, id, "spec.externalId")));
    }
    boolean open = sought.intents().stream().anyMatch(it -> it.what().equals(Handles.PLAN));
    Map<String, RemotePlan> candidates = new HashMap<>();
    byId.ifPresent(it -> candidates.put(it.id(), it));
    if (byId.isEmpty() || open) {
      listings.plans(!sought.intents().isEmpty()).stream()
          .filter(it -> it.isOf(sought.identity()))
          .forEach(it -> candidates.putIfAbsent(it.id(), it));
    }
    if (candidates.size() > 1) {
      return new Observation.Ambiguous<>(
          candidates.keySet().stream().sorted().toList(),
          "several plans bear the mark of " + sought.identity());
    }
    Optional<RemotePlan> located = candidates.values().stream().findFirst();
    Optional<MarkLine> mark = located.flatMap(RemotePlan::mark);
    if (mark.isPresent() && !mark.get().identity().equals(sought.identity())) {
      return new Observation.Foreign<>(
          located.orElseThrow().id(), mark.get().identity().toString());
    }
    Ownership ownership = mark.isPresent() ? Ownership.OURS : Ownership.UNMARKED;
    return look(sought, located.map(it -> withPrices(it, ownership)), ownership);
  }

  private Observation<PaygenticWorld> look(
      Sought sought, Optional<RemotePlan> remote, Ownership ownership) {
    Optional<CatalogPlan> desired = sought.desired().filter(it -> Words.leading(it).isPresent());
    String product =
        remote
            .map(RemotePlan::productId)
            .or(() -> desired.map(settings::product))
            .orElse(settings.productId());
    if (remote.isEmpty() && desired.isPresent() && !references.hasProduct(product)) {
      return new Observation.Unresolved<>(
          List.of(
              new MissingReference(
                  "product",
                  desired.get().product().orElse(product),
                  product,
                  desired.get().product().isPresent()
                      ? "spec.product"
                      : "spec.provider.paygentic.productId")));
    }
    Directory directory = references.directory(product, desired, remote);
    Optional<Wanted> said = desired.map(it -> Wanted.of(it, settings, directory));
    if (said.isPresent() && !said.get().missing().isEmpty()) {
      return new Observation.Unresolved<>(said.get().missing());
    }
    Map<String, RemoteFee> fees = remote.map(this::fees).orElse(Map.of());
    boolean adopting = ownership == Ownership.UNMARKED;
    Optional<Wanted> wanted =
        said.map(
            it ->
                remote
                    .map(plan -> Kept.over(desired.get(), it, plan, fees, adopting).wanted())
                    .orElse(it));
    Search.Found found =
        wanted
            .map(
                it ->
                    new Search.Tools(reader, listings, settings, claims)
                        .search(sought, it, remote, fees, product, suspects.of(sought.identity())))
            .orElseGet(
                () -> new Search.Found(Leftovers.NONE, fees, everything(sought), sought.handles()));
    Set<String> seen = new HashSet<>(found.seen());
    remote.ifPresent(
        it -> {
          seen.add(Handles.PLAN);
          seen.add(Version.seen(it));
        });
    Optional<Observation.Unsettled<PaygenticWorld>> awaited =
        Landing.awaited(sought, seen, clock.instant());
    if (awaited.isPresent()) {
      return awaited.get();
    }
    PaygenticWorld world =
        new PaygenticWorld(
            remote,
            ownership,
            directory,
            found.fees(),
            sought.desired().isPresent()
                ? found.leftovers()
                : new Abandoned(reader, listings, settings, claims, sought, remote, product)
                    .search(),
            remote
                .flatMap(it -> wanted.map(w -> ids(w, it, found.fees(), sought.identity())))
                .orElse(Map.of()),
            found.handles());
    return remote.isEmpty()
        ? new Observation.Absent<>(world)
        : new Observation.Found<>(world, ownership);
  }

  /** Without a manifest only the plan itself is waited for. */
  private static Set<String> everything(Sought sought) {
    Set<String> all = new HashSet<>();
    sought.intents().stream()
        .map(it -> it.what())
        .filter(it -> !it.equals(Handles.PLAN))
        .forEach(all::add);
    return all;
  }

  private static Map<String, String> ids(
      Wanted wanted, RemotePlan plan, Map<String, RemoteFee> fees, Identity identity) {
    Map<String, String> ids = new HashMap<>();
    Matching.of(wanted, plan, fees, identity)
        .found()
        .forEach((name, price) -> ids.put(name, price.id()));
    return ids;
  }

  /**
   * The plan with its prices. A plan shows them whole or as ids, and where it shows them whole it
   * leaves out in what unit they are charged: who takes over a plan reads each. One that was
   * deleted is left out.
   */
  RemotePlan withPrices(RemotePlan plan, Ownership ownership) {
    List<RemotePrice> prices = new ArrayList<>();
    for (String id : plan.priceIds()) {
      RemotePrice shown = plan.shown().get(id);
      if (shown == null || ownership == Ownership.UNMARKED) {
        reader.price(id).or(() -> Optional.ofNullable(shown)).ifPresent(prices::add);
      } else {
        prices.add(shown);
      }
    }
    return plan.with(prices);
  }

  private Map<String, RemoteFee> fees(RemotePlan plan) {
    Map<String, RemoteFee> fees = new HashMap<>();
    plan.prices().stream()
        .filter(RemotePrice::isOfFee)
        .map(RemotePrice::feeId)
        .distinct()
        .forEach(id -> reader.fee(id).ifPresent(it -> fees.put(id, it)));
    return fees;
  }
}
