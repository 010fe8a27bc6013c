package dev.planwright.architecture.wrong.backend.bxb;

import dev.planwright.architecture.wrong.backend.http.HttpProvider;
import java.util.List;

/** Breaks: a provider knows no other provider. */
public record BxbProvider(List<HttpProvider> others) {}
