package dev.planwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds for the project, and is broken by the class that breaks it on purpose. */
class ArchitectureTest {
  private static final String ROOT = "dev.planwright";
  private static final String WRONG = "dev.planwright.architecture.wrong";

  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(
              at ->
                  ImportOption.Predefined.DO_NOT_INCLUDE_TESTS.includes(at)
                      || (at.contains("/emulator/") && !at.contains("/architecture/")))
          .importPackages(ROOT);

  private static final JavaClasses BREAKERS = new ClassFileImporter().importPackages(WRONG);

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** A sentence, the rule, and the classes that break it, each in words of its own failure. */
  static Stream<Arguments> rules() {
    return Stream.of(
        rule("the API is types only", ArchitectureRules::apiIsTypesOnly, "v1alpha1.Manifest"),
        rule(
            "the model uses the JDK",
            ArchitectureRules::theModelUsesTheJdk,
            "api.v1alpha1.Manifest"),
        rule(
            "the compiler uses API and JDK",
            ArchitectureRules::theCompilerUsesTheApiAndTheJdk,
            "catalog.PriceCompiler"),
        rule(
            "the contract knows no provider",
            ArchitectureRules::theContractUsesTheCatalogue,
            "Contract"),
        rule(
            "the client stands on the contract",
            ArchitectureRules::theClientUsesTheContract,
            "sync.Sync"),
        rule("so does admission", ArchitectureRules::admissionUsesTheContract, "client.Client"),
        rule(
            "bxb knows no other provider",
            r -> r.aProviderUsesContractAndCatalogueAndNoOtherProvider("backend.bxb"),
            "http.HttpProvider"),
        rule(
            "http knows no other provider",
            r -> r.aProviderUsesContractAndCatalogueAndNoOtherProvider("backend.http"),
            "bxb.BxbProvider"),
        rule(
            "noderails knows no other provider",
            r -> r.aProviderUsesContractAndCatalogueAndNoOtherProvider("backend.noderails"),
            "bxb.BxbProvider"),
        rule(
            "schematic knows no other provider",
            r -> r.aProviderUsesContractAndCatalogueAndNoOtherProvider("backend.schematic"),
            "bxb.BxbProvider"),
        rule(
            "paygentic knows no other provider",
            r -> r.aProviderUsesContractAndCatalogueAndNoOtherProvider("backend.paygentic"),
            "paygentic.PaygenticProvider"),
        rule(
            "stigg knows no other provider",
            r -> r.aProviderUsesContractAndCatalogueAndNoOtherProvider("backend.stigg"),
            "bxb.BxbProvider"),
        rule(
            "sync knows no provider",
            ArchitectureRules::syncUsesContractAndCatalogue,
            "bxb.BxbProvider"),
        rule(
            "only the registry knows providers",
            ArchitectureRules::onlyTheRegistryKnowsProviders,
            "Sync"),
        rule(
            "nothing below knows the controller",
            ArchitectureRules::nothingBelowUsesTheController,
            "controller.Reconciler"),
        rule(
            "nobody below knows the sandbox",
            ArchitectureRules::theTopIsNotUsedFromBelow,
            "sandbox.Server"),
        rule(
            "nor the controller the wiring",
            ArchitectureRules::theTopIsNotUsedFromBelow,
            "operator.Start"),
        rule(
            "the sandbox judges by itself",
            ArchitectureRules::judgesKnowNothingOfOurs,
            "sandbox.Server"),
        rule("an emulator too", ArchitectureRules::judgesKnowNothingOfOurs, "emulator.Emulator"),
        rule(
            "no double is held",
            ArchitectureRules::nothingNearMoneyIsInexact,
            "Inexact$Held.amounts"),
        rule("none is taken", ArchitectureRules::nothingNearMoneyIsInexact, "Inexact$Taken.amount"),
        rule("none is given", ArchitectureRules::nothingNearMoneyIsInexact, "Inexact$Given.amount"),
        rule(
            "none is asked for",
            ArchitectureRules::nothingNearMoneyIsInexact,
            "BigDecimal.doubleValue()"),
        rule("no static state changes", ArchitectureRules::noStaticStateChanges, "Counter.count"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void theProjectKeepsTheRule(
      String title, Function<ArchitectureRules, ArchRule> rule, String breaker) {
    rule.apply(new ArchitectureRules(ROOT)).check(PROJECT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void whatBreaksTheRuleIsNamed(
      String title, Function<ArchitectureRules, ArchRule> rule, String breaker) {
    assertThat(
            rule.apply(new ArchitectureRules(WRONG))
                .evaluate(BREAKERS)
                .getFailureReport()
                .getDetails())
        .as(title)
        .anyMatch(text -> text.contains(breaker));
  }

  @Test
  void everyPackageIsNullMarkedAndOneThatIsNotIsNamed() {
    assertThatCode(() -> new ArchitectureRules(ROOT).everyPackageIsNullMarked().check(MAIN))
        .doesNotThrowAnyException();
    assertThat(
            new ArchitectureRules(WRONG)
                .everyPackageIsNullMarked()
                .evaluate(BREAKERS)
                .getFailureReport()
                .getDetails())
        .contains(WRONG + ".sync is not @NullMarked");
  }

  private static Arguments rule(
      String title, Function<ArchitectureRules, ArchRule> rule, String breaker) {
    return Arguments.of(title, rule, breaker);
  }
}
