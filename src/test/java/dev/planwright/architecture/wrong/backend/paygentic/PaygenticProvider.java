package dev.planwright.architecture.wrong.backend.paygentic;

import dev.planwright.architecture.wrong.backend.http.HttpProvider;
import java.util.List;

/** Breaks: a provider knows no other provider. */
public record PaygenticProvider(List<HttpProvider> others) {}
