package dev.planwright.architecture.wrong.sync;

/** Breaks: no static state changes. */
final class Counter {
  static int count;

  private Counter() {}
}
