package dev.planwright.backend.client;

import java.time.Duration;

/** The wire: the one thing between the client and a backend that tests replace. */
@FunctionalInterface
public interface Transport {
  /**
   * Sends one request and reads the whole answer. Never follows a redirect and never repeats a
   * request that could have an effect.
   *
   * @param timeout for everything, the reading of the body included
   * @throws TransportException when there is no answer; says whether anything was sent
   */
  TransportReply send(TransportCall call, Duration timeout) throws TransportException;
}
