package dev.planwright.sandbox;

import java.util.concurrent.atomic.AtomicLong;

/** Where ids come from. */
public interface IdSource {
  /** A new id that begins with {@code prefix_}; never the same twice. */
  String next(String prefix);

  /** Ids that nobody has had before, on this machine or another. */
  static IdSource random() {
    return prefix -> prefix + "_" + java.util.UUID.randomUUID().toString().replace("-", "");
  }

  /** {@code plan_1}, {@code price_2}, ...: the same in every run of a test. */
  static IdSource counting() {
    AtomicLong last = new AtomicLong();
    return prefix -> prefix + "_" + last.incrementAndGet();
  }
}
