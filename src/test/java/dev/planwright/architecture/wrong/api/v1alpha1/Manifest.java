package dev.planwright.architecture.wrong.api.v1alpha1;

import dev.planwright.architecture.wrong.catalog.Model;

/** Breaks: the types know nothing of ours. */
public record Manifest(Model model) {}
