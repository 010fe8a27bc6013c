package dev.planwright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.planwright.cli.validate.Validated;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server refuses, {@code planwright validate} refuses, and no more of the form. */
class ValidateHoldsTheSchemaTest {
  /** An edit is refused against the object before, which no file holds. */
  static Stream<SpecCase> cases() {
    return SpecCases.all().filter(broken -> broken.before().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatTheApiServerRefusesIsRefused(SpecCase broken) throws IOException {
    String yaml =
        """
        apiVersion: planwright.dev/v1alpha1
        kind: %s
        metadata: {name: subject}
        spec: {%s}
        """
            .formatted(broken.kind(), broken.spec());

    Validated validated = Validated.of(yaml);

    assertThat(validated.code()).isEqualTo(1);
    // A Plan and a Price alone lack each other too: that is not what is asked for here.
    assertThat(validated.errors())
        .filteredOn(line -> !line.contains("among what was given") && !line.contains("no Price"))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"billing-backend.yaml", "providers.yaml", "plan.yaml", "prices.yaml"})
  void whatTheApiServerTakesIsOfTheRightForm(String file) throws IOException {
    for (var document : Manifests.documents(file)) {
      ((ObjectNode) document).remove("status");
      Validated validated = Validated.of(new YAMLMapper().writeValueAsString(document));

      assertThat(validated.errors())
          .as("%s", document)
          .noneMatch(
              line ->
                  line.contains("no such field")
                      || line.contains("is missing")
                      || line.contains("write a")
                      || line.contains("a valid one"));
    }
  }
}
