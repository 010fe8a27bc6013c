package dev.planwright.emulator;

/** A vendor's API as a function of its state: the same object serves real HTTP and memory. */
@FunctionalInterface
public interface EmulatorHandler {
  /**
   * Answers one request, having changed the state as the vendor would.
   *
   * <p>What the vendor answers with a 5xx is an answer too. An exception from here means that the
   * emulator itself is wrong.
   */
  EmulatorResponse handle(EmulatorRequest request);
}
