package dev.planwright.architecture.wrong.catalog;

import dev.planwright.architecture.wrong.api.v1alpha1.Manifest;
import dev.planwright.architecture.wrong.controller.Reconciler;
import java.util.List;

/** Breaks: the model knows no manifest, and nothing above. */
public record Model(List<Manifest> manifests, List<Reconciler> above) {}
