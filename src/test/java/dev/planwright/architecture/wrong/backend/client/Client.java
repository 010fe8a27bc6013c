package dev.planwright.architecture.wrong.backend.client;

import dev.planwright.architecture.wrong.sync.Sync;
import java.util.List;

/** Breaks: the client knows no sync. */
public record Client(List<Sync> syncs) {}
