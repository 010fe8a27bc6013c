package dev.planwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.cli.validate.Validated;
import dev.planwright.docs.Manuscripts.Manuscript;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people copy is what {@code planwright validate} takes. */
class DocumentsAreValidTest {
  static List<Manuscript> manuscripts() {
    return Manuscripts.all();
  }

  @ParameterizedTest
  @MethodSource("manuscripts")
  void everyManifestIsValid(Manuscript manuscript) {
    Validated validated = Validated.of(manuscript.yaml());

    assertThat(validated.out()).doesNotContain(": error: ", ": unusable: ");
    assertThat(validated.code()).as(validated.out()).isZero();
  }

  @Test
  void theExamplesAreValidTogetherToo() {
    Validated validated = Validated.files(Optional.empty(), "examples");

    assertThat(validated.code()).as(validated.out()).isZero();
  }

  @Test
  void thereAreSome() {
    assertThat(manuscripts())
        .extracting(Manuscript::title)
        .contains("examples/quickstart", "examples/bxb", "examples/argocd", "examples/flux")
        .anyMatch(title -> title.startsWith("README.md:"))
        .anyMatch(title -> title.startsWith("docs/backends/"));
  }
}
