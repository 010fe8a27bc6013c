package dev.planwright.emulator.stigg;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Filters of lists: values joined by commas, any of which will do. */
final class Filters {
  private Filters() {}

  static boolean accept(Call call, ObjectNode row, String parameter, String field) {
    String value = row.path(field).asText();
    return call.filter(parameter).map(wanted -> wanted.contains(value)).orElse(true);
  }
}
