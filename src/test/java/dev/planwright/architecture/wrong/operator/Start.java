package dev.planwright.architecture.wrong.operator;

import dev.planwright.architecture.wrong.controller.Reconciler;
import java.util.List;

/** Breaks nothing. */
public record Start(List<Reconciler> reconcilers) {}
