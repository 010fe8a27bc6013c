package dev.planwright.architecture.wrong.backend.admission;

import dev.planwright.architecture.wrong.backend.client.Client;
import java.util.List;

/** Breaks: admission knows no client. */
public record Queue(List<Client> clients) {}
