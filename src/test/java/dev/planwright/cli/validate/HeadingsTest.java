package dev.planwright.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeadingsTest {
  static Stream<Arguments> refused() {
    return HeadingCases.refused();
  }

  static Stream<String> taken() {
    return HeadingCases.taken();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refused")
  void whatTheApiServerRefusesIsToldAtItsField(String field, String metadata) {
    Validated validated = Validated.of(HeadingCases.plan(metadata));

    assertThat(validated.errors()).singleElement().asString().contains(" " + field);
    assertThat(validated.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("taken")
  void whatTheApiServerTakesIsTaken(String metadata) {
    Validated validated = Validated.of(HeadingCases.plan(metadata));

    assertThat(validated.errors()).isEmpty();
    assertThat(validated.code()).isZero();
  }
}
