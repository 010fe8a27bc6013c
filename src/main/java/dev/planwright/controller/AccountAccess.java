package dev.planwright.controller;

import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.client.CallGate;
import dev.planwright.backend.client.CallObserver;
import dev.planwright.backend.client.Transport;
import dev.planwright.backend.client.Waiting;
import java.time.InstantSource;
import java.util.Map;

/**
 * What every account needs of the process.
 *
 * @param providers by the name of the provider's block
 * @param allowHttp whether keys may be sent in the clear
 * @param transport the wire
 * @param gate whether calls may start
 * @param observer hears of every call
 * @param clock for everything that waits
 * @param waiting how a caller waits for its turn
 */
public record AccountAccess(
    Map<String, ProviderFactory> providers,
    boolean allowHttp,
    Transport transport,
    CallGate gate,
    CallObserver observer,
    InstantSource clock,
    Waiting waiting) {
  public AccountAccess {
    providers = Map.copyOf(providers);
  }
}
