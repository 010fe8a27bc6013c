package dev.planwright.matrix;

/** The process is killed here. An error, so that nothing that handles failures can survive it. */
final class ProcessDied extends Error {
  private static final long serialVersionUID = 1L;

  ProcessDied() {
    super("killed", null, false, false);
  }
}
