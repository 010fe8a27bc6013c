package dev.planwright.architecture.wrong.backend.schematic;

import dev.planwright.architecture.wrong.backend.bxb.BxbProvider;
import java.util.List;

/** Breaks: a provider knows no other provider. */
public record SchematicProvider(List<BxbProvider> others) {}
