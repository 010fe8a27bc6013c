package dev.planwright.matrix;

import java.util.List;
import java.util.stream.Stream;

/** Every backend that the matrix drives. */
final class Backends {
  /** One of each kind that people are offered. */
  static final List<BackendUnderTest> OFFERED =
      List.of(
          new HttpUnderTest(),
          new BxbUnderTest(true),
          new NodeRailsUnderTest(),
          new PaygenticUnderTest(),
          new SchematicUnderTest(false),
          new StiggUnderTest());

  /** Those, as they behave with other settings, and one that nobody offers. */
  static final List<BackendUnderTest> ALL =
      Stream.concat(
              OFFERED.stream(),
              Stream.of(
                  new BxbUnderTest(false), new SchematicUnderTest(true), new MarkOnlyUnderTest()))
          .toList();

  private Backends() {}
}
