package dev.planwright.architecture.wrong.backend.stigg;

import dev.planwright.architecture.wrong.backend.bxb.BxbProvider;
import java.util.List;

/** Breaks: a provider knows no other provider. */
public record StiggProvider(List<BxbProvider> others) {}
