package dev.planwright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.planwright.catalog.BackendCompiler;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.catalog.Compilation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server refuses by the schema, the compiler refuses too, by the same rule. */
class CompilerHoldsTheSchemaTest {
  /**
   * An edit is refused against the object before, a number in place of a text is read as its
   * digits, and a text that must be there and is empty is missing.
   */
  static Stream<SpecCase> cases() {
    return SpecCases.all()
        .filter(broken -> broken.before().isEmpty())
        .filter(broken -> !broken.spec().matches(".*amount: (1|'')}.*"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatTheApiServerRefusesTheCompilerRefuses(SpecCase broken) throws IOException {
    assertThat(findings(broken)).extracting(Compilation.Finding::rule).contains(broken.rule());
  }

  private static List<Compilation.Finding> findings(SpecCase broken) throws IOException {
    ObjectNode object = new YAMLMapper().createObjectNode();
    object.put("apiVersion", "planwright.dev/v1alpha1").put("kind", broken.kind());
    object.putObject("metadata").put("namespace", "shop").put("name", "subject");
    object.set("spec", new YAMLMapper().readTree("{" + broken.spec() + "}"));
    return switch (Manifests.read(object)) {
      case Plan plan ->
          compile(plan) instanceof Compilation.Invalid invalid ? invalid.findings() : List.of();
      case Price price -> CatalogCompiler.check(price);
      case BillingBackend backend -> BackendCompiler.check(backend, url -> Optional.empty());
      default -> throw new IllegalArgumentException(broken.kind());
    };
  }

  private static Compilation compile(Plan plan) {
    return new CatalogCompiler((namespace, name) -> Optional.empty())
        .compile(plan, List.of(), BillingBackendSpec.EMPTY);
  }
}
