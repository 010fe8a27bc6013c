package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.catalog.Compilation;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the caches say now, compiled when asked: nothing is held twice. */
final class CompiledPlans implements WantedPlans {
  private final PlanContext context;
  private final CatalogCompiler compiler;
  private final PlanWork work;

  CompiledPlans(PlanContext context, CatalogCompiler compiler, PlanWork work) {
    this.context = context;
    this.compiler = compiler;
    this.work = work;
  }

  @Override
  public Optional<Wanted> wanted(ObjectKey plan) {
    return context.manifests().plan(plan).flatMap(this::compile);
  }

  @Override
  public Collection<Wanted> of(ObjectKey backend) {
    return context.manifests().plansOf(backend).stream()
        .map(this::compile)
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Wanted> compile(Plan cached) {
    Plan plan = context.lastWritten().newest(cached);
    if (plan.isMarkedForDeletion() || Requests.isPaused(plan)) {
      return Optional.empty();
    }
    return context.accounts().of(References.backendOf(plan))
            instanceof AccountState.Usable(OpenAccount open)
        ? compile(plan, open)
        : Optional.empty();
  }

  private Optional<Wanted> compile(Plan plan, OpenAccount open) {
    List<Price> prices = context.pricesOf(plan);
    if (!(compiler.compile(plan, prices, open.spec()) instanceof Compilation.Compiled compiled)
        || context.claims().winnerOver(plan, open).isPresent()) {
      return Optional.empty();
    }
    Instant lastSync = plan.getStatus().lastSyncTime();
    return Optional.of(
        new Wanted(
            ObjectKey.of(plan),
            compiled.plan(),
            PlanWork.hash(compiled, open),
            MemoryCodec.read(plan.getStatus()),
            lastSync == null ? Instant.EPOCH : lastSync,
            work.isInFlight(ObjectKey.of(plan)),
            compiled.policies()));
  }
}
