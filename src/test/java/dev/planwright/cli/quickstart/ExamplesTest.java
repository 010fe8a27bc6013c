package dev.planwright.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.catalog.Compilation;
import dev.planwright.operator.Providers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Examples are what people copy: each compiles, and its provider can say it. */
class ExamplesTest {
  private record Example(BillingBackend backend, List<Plan> plans, List<Price> prices) {
    static Example of(String folder) {
      ManifestDirectory directory = new ManifestDirectory(Path.of("examples", folder));
      directory.look();
      assertThat(directory.problems()).isEmpty();
      var all = directory.manifests().values().stream().map(Manifest::object).toList();
      return new Example(
          all.stream()
              .filter(BillingBackend.class::isInstance)
              .map(BillingBackend.class::cast)
              .findFirst()
              .orElseThrow(),
          all.stream().filter(Plan.class::isInstance).map(Plan.class::cast).toList(),
          all.stream().filter(Price.class::isInstance).map(Price.class::cast).toList());
    }

    Compilation compile(Plan plan) {
      Map<String, Plan> byName = new java.util.HashMap<>();
      plans.forEach(one -> byName.put(one.getMetadata().getName(), one));
      List<Price> own =
          prices.stream()
              .filter(p -> p.getSpec().planName().equals(plan.getMetadata().getName()))
              .toList();
      return new CatalogCompiler((namespace, name) -> Optional.ofNullable(byName.get(name)))
          .compile(plan, own, backend.getSpec());
    }
  }

  @TestFactory
  List<DynamicTest> everyPlanCompilesAndItsProviderCanSayIt() {
    return Stream.of("quickstart", "bxb", "noderails", "paygentic", "schematic", "stigg")
        .flatMap(
            folder -> {
              Example example = Example.of(folder);
              return example.plans().stream()
                  .map(
                      plan ->
                          DynamicTest.dynamicTest(
                              folder + "/" + plan.getMetadata().getName(),
                              () -> check(example, plan)));
            })
        .toList();
  }

  private static void check(Example example, Plan plan) {
    assertThat(plan.getSpec().requiredPrices()).as("requiredPrices").isNotEmpty();
    Compilation compilation = example.compile(plan);
    assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
    Compilation.Compiled compiled = (Compilation.Compiled) compilation;
    assertThat(compiled.complete()).as("all required prices are there").isTrue();

    var block = new ObjectMapper().valueToTree(example.backend().getSpec().provider());
    String provider = block.fieldNames().next();
    ProviderFactory factory = Objects.requireNonNull(Providers.all().get(provider), provider);
    AccountConfig config =
        new AccountConfig(
            "shop/default",
            example.backend().getSpec().ownerId(),
            AccountFacts.AccountEnvironment.SANDBOX,
            block.get(provider),
            AccountConfig.Aliases.NONE);
    assertThat(factory.checkSettings(config)).isEmpty();
    ApiClient noCalls =
        request -> {
          throw new AssertionError("check makes no call");
        };
    var verdict =
        factory
            .open(config, noCalls, InstantSource.system())
            .check(compiled.plan(), AccountFacts.unknown());
    assertThat(verdict.violations()).isEmpty();
  }

  @Test
  void theQuickstartShowsEveryModelItPromises() {
    Example example = Example.of("quickstart");
    assertThat(example.plans()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(example.prices()).hasSizeGreaterThanOrEqualTo(12);
    Set<String> shown = new TreeSet<>();
    for (Price price : example.prices()) {
      new ObjectMapper().valueToTree(price.getSpec()).fieldNames().forEachRemaining(shown::add);
      shown.add(price.getSpec().currency());
    }
    assertThat(shown)
        .contains(
            "flat",
            "perUnit",
            "graduated",
            "volume",
            "package",
            "percentage",
            "overage",
            "oneTime",
            "USD",
            "EUR");
    assertThat(example.plans())
        .anyMatch(plan -> plan.getSpec().trial() != null)
        .anyMatch(plan -> String.valueOf(plan.getSpec().pricing()).equals("Free"))
        .anyMatch(plan -> String.valueOf(plan.getSpec().type()).equals("AddOn"));
  }
}
