package dev.planwright.architecture.wrong.backend.http;

import dev.planwright.architecture.wrong.backend.bxb.BxbProvider;
import java.util.List;

/** Breaks: a provider knows no other provider. */
public record HttpProvider(List<BxbProvider> others) {}
