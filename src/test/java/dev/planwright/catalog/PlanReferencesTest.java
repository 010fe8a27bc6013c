package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.catalog.Compilation.Invalid;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Plan names only what lives on its own account. */
class PlanReferencesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          Plan starter; spec.parentPlanRef.name;       Plan team spec.parentPlanRef: {name: starter}
          Plan extra;   spec.compatibleAddOns[0].name; Plan team spec.compatibleAddOns: [{name: extra}]
          """)
  void aPlanOnAnotherBackendIsNotNamed(String other, String field, String names) {
    Manifests shop = CompilerCases.shop().with(List.of(names));
    assertThat(shop.compile("team")).isNotInstanceOf(Invalid.class);

    Compilation compilation =
        shop.with(List.of(other + " spec.backendRef: {name: second}")).compile("team");

    assertThat(((Invalid) compilation).violations("Plan shop/team"))
        .extracting(Violation::field)
        .containsExactly(field);
  }

  @ParameterizedTest(name = "backendRef {0}: {1}")
  @CsvSource({"'', default", "'{name: second}', second", "'{name: \"\"}', default"})
  void withoutANameTheBackendIsTheOneNamedDefault(String ref, String backend) {
    Manifests shop =
        CompilerCases.shop()
            .with(ref.isEmpty() ? List.of() : List.of("Plan team spec.backendRef: " + ref));

    assertThat(CatalogCompiler.backend(shop.plan("team").orElseThrow())).isEqualTo(backend);
  }
}
