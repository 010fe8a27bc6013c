package dev.planwright.architecture.wrong.sync;

import dev.planwright.architecture.wrong.backend.bxb.BxbProvider;
import java.util.List;

/** Breaks: sync knows no provider. */
public record Sync(List<BxbProvider> providers) {}
