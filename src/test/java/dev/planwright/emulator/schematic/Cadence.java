package dev.planwright.emulator.schematic;

import java.util.List;
import java.util.Locale;

/** How often a price is due. */
public enum Cadence {
  MONTHLY("month", 1),
  QUARTERLY("month", 3),
  YEARLY("year", 1),
  ONE_TIME("one-time", 1);

  /** Usage is never billed once. */
  static final List<Cadence> OF_USAGE = List.of(MONTHLY, QUARTERLY, YEARLY);

  private final String interval;
  private final int count;

  Cadence(String interval, int count) {
    this.interval = interval;
    this.count = count;
  }

  /** The vendor's prefix of fields, such as {@code one_time}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String interval() {
    return interval;
  }

  int count() {
    return count;
  }
}
