package dev.planwright.architecture.wrong.backend.noderails;

import dev.planwright.architecture.wrong.backend.bxb.BxbProvider;
import java.util.List;

/** Breaks: a provider knows no other provider. */
public record NodeRailsProvider(List<BxbProvider> others) {}
