package dev.planwright.backend.schematic;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.sync.Memory;

/** Somebody else who sells a plan on the account, and of whom our status knows nothing. */
record Seller(Bench bench) {
  /** Gives the plan's id, and leaves no trace in the log. */
  String sell(CatalogPlan plan) {
    Memory ours = bench.memory;
    bench.memory = Memory.EMPTY;
    String id = bench.sync(plan);
    bench.memory = ours;
    bench.server.clearExchanges();
    return id;
  }
}
