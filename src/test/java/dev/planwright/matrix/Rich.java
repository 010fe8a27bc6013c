package dev.planwright.matrix;

import java.util.SortedMap;

/** A server on which people give a plan more than the sample manifests say. */
interface Rich {
  /** Somebody fills in by hand all that a silent manifest leaves out. */
  void enrich(String key);

  /**
   * What is there of that now, by the server's own state and in the vendor's words; what is not
   * there is left out.
   */
  SortedMap<String, String> extras(String key);
}
