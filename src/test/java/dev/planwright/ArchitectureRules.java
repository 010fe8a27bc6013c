package dev.planwright;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The arrows between packages and what no class near money may do.
 *
 * @param root the package above {@code catalog}, {@code backend} and so on: the project's own, or
 *     that of classes that break every rule on purpose
 */
record ArchitectureRules(String root) {
  private static final List<String> PROVIDERS =
      List.of(
          "backend.bxb",
          "backend.http",
          "backend.noderails",
          "backend.paygentic",
          "backend.schematic",
          "backend.stigg");

  /**
   * The part of the catalogue that reads manifests. The rest is the model: it must not know
   * Kubernetes, and a class is added here only when it compiles.
   */
  private static final Set<String> COMPILER =
      Set.of(
          "BackendCompiler",
          "CatalogCompiler",
          "Compilation",
          "CompilerAliases",
          "CompilerFields",
          "CompilerWords",
          "PlanCompiler",
          "PlanLookup",
          "PlanPrices",
          "PlanReferences",
          "PriceCompiler",
          "PriceModelCompiler");

  private static final Set<String> INEXACT =
      Set.of("double", "float", "java.lang.Double", "java.lang.Float");

  private static final String[] JDK = {"java..", "javax..", "org.jspecify.annotations"};
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String SLF4J = "org.slf4j..";

  // ---- arrows -------------------------------------------------------------------------------

  ArchRule apiIsTypesOnly() {
    return only(
        in("api.v1alpha1"),
        at("api.v1alpha1"),
        JACKSON,
        "io.fabric8.kubernetes.api.model..",
        "io.fabric8.kubernetes.model.annotation",
        "io.fabric8.kubernetes.client",
        "io.fabric8.generator.annotation",
        "io.fabric8.crd.generator.annotation");
  }

  ArchRule theModelUsesTheJdk() {
    return classes()
        .that(in("catalog").and(not(compiler())))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(JDK).or(primitives()).or(in("catalog").and(not(compiler()))));
  }

  ArchRule theCompilerUsesTheApiAndTheJdk() {
    return only(
        in("catalog"), at("catalog"), at("api.v1alpha1"), "io.fabric8.kubernetes.api.model");
  }

  ArchRule theContractUsesTheCatalogue() {
    return only(in("backend"), at("backend"), at("catalog"), JACKSON);
  }

  ArchRule theClientUsesTheContract() {
    return only(
        in("backend.client"),
        at("backend.client"),
        at("backend"),
        JACKSON,
        SLF4J,
        "io.github.resilience4j..");
  }

  ArchRule admissionUsesTheContract() {
    return only(in("backend.admission"), at("backend.admission"), at("backend"));
  }

  ArchRule aProviderUsesContractAndCatalogueAndNoOtherProvider(String provider) {
    return only(in(provider), at(provider), at("backend"), at("catalog"), JACKSON);
  }

  ArchRule syncUsesContractAndCatalogue() {
    return only(in("sync"), at("sync"), at("backend"), at("catalog"));
  }

  /** A provider is one package and one line in the registry. */
  ArchRule onlyTheRegistryKnowsProviders() {
    String[] packages = PROVIDERS.stream().map(this::at).toArray(String[]::new);
    return noClasses()
        .that(
            resideInAnyPackage(root + "..")
                .and(not(resideInAnyPackage(packages)))
                .and(not(named(root + ".operator.Providers"))))
        .should()
        .dependOnClassesThat(resideInAnyPackage(packages));
  }

  ArchRule nothingBelowUsesTheController() {
    return noClasses()
        .that(resideInAnyPackage(below("api", "catalog", "backend", "sync")))
        .should()
        .dependOnClassesThat(resideInAnyPackage(below("controller", "operator", "cli", "sandbox")));
  }

  ArchRule theTopIsNotUsedFromBelow() {
    return noClasses()
        .that(resideInAnyPackage(below("controller", "operator")))
        .should()
        .dependOnClassesThat(resideInAnyPackage(below("cli", "sandbox")))
        .orShould(
            new ArchCondition<>("use the operator, being the controller") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                if (item.getPackageName().startsWith(root + ".controller")) {
                  item.getDirectDependenciesFromSelf().stream()
                      .filter(d -> in("operator").test(d.getTargetClass()))
                      .forEach(
                          d -> events.add(SimpleConditionEvent.satisfied(d, d.getDescription())));
                }
              }
            });
  }

  /** What judges our prices must not compute them with our code. */
  ArchRule judgesKnowNothingOfOurs() {
    return noClasses()
        .that(resideInAnyPackage(below("sandbox", "emulator")))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                below("api", "catalog", "backend", "sync", "controller", "operator", "cli")));
  }

  // ---- habits -------------------------------------------------------------------------------

  ArchRule nothingNearMoneyIsInexact() {
    List<String> packages = new ArrayList<>(PROVIDERS);
    packages.addAll(List.of("api.v1alpha1", "catalog", "sync"));
    return classes()
        .that(resideInAnyPackage(packages.stream().map(this::at).toArray(String[]::new)))
        .should(
            new ArchCondition<>("hold, take, give or call nothing of double or float") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                inexact(item)
                    .forEach(text -> events.add(SimpleConditionEvent.violated(item, text)));
              }
            });
  }

  ArchRule noStaticStateChanges() {
    return fields()
        .that()
        .areStatic()
        .should(
            new ArchCondition<JavaField>("be final") {
              @Override
              public void check(JavaField item, ConditionEvents events) {
                if (!item.getModifiers().contains(JavaModifier.FINAL)) {
                  events.add(
                      SimpleConditionEvent.violated(item, item.getFullName() + " can change"));
                }
              }
            });
  }

  ArchRule everyPackageIsNullMarked() {
    return classes()
        .that(resideInAnyPackage(root + ".."))
        .should(
            new ArchCondition<>("live in a package that is @NullMarked") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                  events.add(
                      SimpleConditionEvent.violated(
                          item, item.getPackageName() + " is not @NullMarked"));
                }
              }
            });
  }

  // ---- words --------------------------------------------------------------------------------

  private static Stream<String> inexact(JavaClass item) {
    Stream<String> held =
        item.getFields().stream()
            .filter(field -> isInexact(field.getRawType()))
            .map(JavaField::getFullName);
    Stream<String> declared =
        item.getCodeUnits().stream()
            .filter(unit -> isInexact(unit.getRawReturnType(), unit.getRawParameterTypes()))
            .map(unit -> unit.getFullName());
    Stream<String> called =
        item.getCodeUnitCallsFromSelf().stream()
            .filter(
                call -> {
                  AccessTarget.CodeUnitCallTarget target = call.getTarget();
                  return isInexact(target.getRawReturnType(), target.getRawParameterTypes());
                })
            .map(call -> call.getDescription());
    return Stream.of(held, declared, called).flatMap(texts -> texts);
  }

  private static boolean isInexact(JavaClass one, List<JavaClass> more) {
    return isInexact(one) || more.stream().anyMatch(ArchitectureRules::isInexact);
  }

  private static boolean isInexact(JavaClass type) {
    return INEXACT.contains(type.getBaseComponentType().getName());
  }

  private ArchRule only(DescribedPredicate<JavaClass> subject, String... allowed) {
    String[] all = Stream.concat(Arrays.stream(JDK), Stream.of(allowed)).toArray(String[]::new);
    return classes()
        .that(subject)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(all).or(primitives()));
  }

  private static DescribedPredicate<JavaClass> primitives() {
    return DescribedPredicate.describe(
        "primitives",
        type ->
            type.isPrimitive() || (type.isArray() && type.getBaseComponentType().isPrimitive()));
  }

  private DescribedPredicate<JavaClass> compiler() {
    return DescribedPredicate.describe(
        "of the compiler",
        type ->
            in("catalog").test(type)
                && COMPILER.contains(
                    type.getName().substring(at("catalog").length() + 1).split("\\$", 2)[0]));
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe(
        name, type -> type.getName().equals(name) || type.getName().startsWith(name + "$"));
  }

  private DescribedPredicate<JavaClass> in(String part) {
    return resideInAnyPackage(at(part));
  }

  private String at(String part) {
    return root + "." + part;
  }

  private String[] below(String... parts) {
    return Stream.of(parts).map(part -> at(part) + "..").toArray(String[]::new);
  }
}
