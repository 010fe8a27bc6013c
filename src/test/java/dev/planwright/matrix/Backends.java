package dev.planwright.matrix;

import java.util.List;

/** Every backend that the matrix drives. */
final class Backends {
  static final List<BackendUnderTest> ALL =
      List.of(
          new HttpUnderTest(),
          new BxbUnderTest(true),
          new BxbUnderTest(false),
          new StiggUnderTest(),
          new MarkOnlyUnderTest());

  /** One of each kind that people are offered. */
  static final List<BackendUnderTest> OFFERED =
      List.of(new HttpUnderTest(), new BxbUnderTest(true), new StiggUnderTest());

  private Backends() {}
}
