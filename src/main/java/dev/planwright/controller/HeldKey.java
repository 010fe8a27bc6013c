package dev.planwright.controller;

/** The key of an account in memory: compared, handed to the client, never shown. */
final class HeldKey {
  private final String value;

  HeldKey(String value) {
    this.value = value;
  }

  String value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeldKey key && key.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "[key]";
  }
}
