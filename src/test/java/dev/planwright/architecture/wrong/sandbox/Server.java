package dev.planwright.architecture.wrong.sandbox;

import dev.planwright.architecture.wrong.catalog.Model;
import java.util.List;

/** Breaks: the sandbox computes prices by itself. */
public record Server(List<Model> models) {}
