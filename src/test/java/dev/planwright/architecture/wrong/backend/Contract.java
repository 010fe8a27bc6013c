package dev.planwright.architecture.wrong.backend;

import dev.planwright.architecture.wrong.backend.http.HttpProvider;
import java.util.List;

/** Breaks: the contract knows no provider. */
public record Contract(List<HttpProvider> providers) {}
