package dev.planwright.cli.quickstart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;

/**
 * One object of a file.
 *
 * @param file where it is written
 * @param line at which its document starts, from 1
 */
record Manifest(Path file, int line, HasMetadata object) {
  ObjectRef ref() {
    return ObjectRef.of(object);
  }

  /**
   * Something wrong with a file.
   *
   * @param line from 1; 0 when it is about the whole file
   */
  record Problem(Path file, int line, String message) {
    @Override
    public String toString() {
      return file + (line > 0 ? ":" + line : "") + ": " + message;
    }
  }
}
