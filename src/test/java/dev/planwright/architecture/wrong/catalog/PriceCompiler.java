package dev.planwright.architecture.wrong.catalog;

import dev.planwright.architecture.wrong.backend.Contract;
import java.util.List;

/** Breaks: the compiler knows no backend. */
public record PriceCompiler(List<Contract> contracts) {}
