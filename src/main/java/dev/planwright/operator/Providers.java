package dev.planwright.operator;

import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.bxb.BxbProviderFactory;
import dev.planwright.backend.http.HttpProviderFactory;
import dev.planwright.backend.noderails.NodeRailsProviderFactory;
import dev.planwright.backend.paygentic.PaygenticProviderFactory;
import dev.planwright.backend.schematic.SchematicProviderFactory;
import dev.planwright.backend.stigg.StiggProviderFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The registry: one line for each kind of billing system. */
public final class Providers {
  private Providers() {}

  /** All of them, by the name of the provider's block. */
  public static Map<String, ProviderFactory> all() {
    List<ProviderFactory> factories =
        List.of(
            new HttpProviderFactory(),
            new BxbProviderFactory(),
            new NodeRailsProviderFactory(),
            new PaygenticProviderFactory(),
            new SchematicProviderFactory(),
            new StiggProviderFactory());
    Map<String, ProviderFactory> byName = new TreeMap<>();
    factories.forEach(factory -> byName.put(factory.name(), factory));
    return byName;
  }
}
