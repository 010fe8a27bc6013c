package dev.planwright.architecture.wrong.controller;

import dev.planwright.architecture.wrong.operator.Start;
import dev.planwright.architecture.wrong.sandbox.Server;
import java.util.List;

/** Breaks: the controller knows neither wiring nor sandbox. */
public record Reconciler(List<Start> starts, List<Server> servers) {}
