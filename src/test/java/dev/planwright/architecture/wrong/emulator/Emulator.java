package dev.planwright.architecture.wrong.emulator;

import dev.planwright.architecture.wrong.backend.bxb.BxbProvider;
import java.util.List;

/** Breaks: an emulator can disagree with the provider. */
public record Emulator(List<BxbProvider> providers) {}
