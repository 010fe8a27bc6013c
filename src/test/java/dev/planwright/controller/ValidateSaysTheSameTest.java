package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.SpecCase;
import dev.planwright.api.v1alpha1.SpecCases;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.cli.validate.Validated;
import dev.planwright.operator.Providers;
import dev.planwright.sync.PlanSync;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each broken spec put before the reconcilers, as on an API server without the schema, and before
 * {@code planwright validate}: the same reason, for the same fields.
 */
class ValidateSaysTheSameTest {
  private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
  private static final Pattern FIELD =
      Pattern.compile(
          "(?:^|; )((?:Plan|Price|BillingBackend) [^ ]+ spec(?:\\[[^]]*\\]|[^ :\\[])*)",
          Pattern.MULTILINE);
  private static final String TEAM = document("Plan", "team", "displayName: Team");

  private final BackendBench bench = new BackendBench(Providers.all());
  private final PlanContext context = bench.planContext();
  private final PlanSync sync = new PlanSync(bench.clock);
  private final PlanWork work = new PlanWork(context, sync, new DriftMarks());
  private final PlanReconciler plans =
      new PlanReconciler(
          context,
          new CatalogCompiler((namespace, name) -> Optional.empty()),
          work,
          new PlanDeletion(context, sync));

  @AfterEach
  void close() {
    work.close();
    bench.close();
  }

  /**
   * An edit is refused against the object before, which no file holds. A number where a text should
   * stand is read as its digits by the operator: only the schema minds.
   */
  static Stream<SpecCase> cases() {
    return SpecCases.all()
        .filter(broken -> broken.before().isEmpty())
        .filter(broken -> !broken.spec().endsWith("amount: 1}"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reasonAndFieldsAreThoseOfTheOperator(SpecCase broken) {
    String subject = document(broken.kind(), "subject", broken.spec());
    Condition said =
        switch (broken.kind()) {
          case "Plan" -> plan(subject);
          case "Price" -> {
            bench.manifests.prices.add(KUBERNETES.unmarshal(subject, Price.class));
            yield plan(TEAM);
          }
          default -> backend(subject);
        };

    Validated validated =
        Validated.asJson(broken.kind().equals("Price") ? TEAM + "---\n" + subject : subject);

    assertThat(said.holds()).isFalse();
    // A condition has one reason for everything, validate one for each error.
    assertThat(validated.reasons()).as(validated.out()).contains(said.reason());
    if (said.message().endsWith(" more")) {
      assertThat(validated.fieldsAtFault()).containsAll(fields(said));
    } else {
      assertThat(validated.fieldsAtFault()).as(said.message()).isEqualTo(fields(said));
    }
  }

  private static SortedSet<String> fields(Condition said) {
    SortedSet<String> fields = new TreeSet<>();
    FIELD.matcher(said.message()).results().forEach(found -> fields.add(found.group(1)));
    assertThat(fields).as(said.message()).isNotEmpty();
    return fields;
  }

  private Condition plan(String yaml) {
    Plan created = create(yaml, Plan.class);
    bench.manifests.plans.add(created);
    plans.run(created, false);
    bench.clock.advance(Settling.Times.DEFAULT.quiet());
    plans.run(created, false);
    return ready(live(created).getStatus().conditions());
  }

  private Condition backend(String yaml) {
    BillingBackend created = create(yaml, BillingBackend.class);
    bench.manifests.backends.add(created);
    bench.reconciler.run(created);
    return ready(live(created).getStatus().conditions());
  }

  /** As it is written: what the types do not know comes to the operator too. */
  private <T extends HasMetadata> T create(String yaml, Class<T> type) {
    GenericKubernetesResource written = KUBERNETES.unmarshal(yaml, GenericKubernetesResource.class);
    bench
        .client
        .genericKubernetesResources(ResourceDefinitionContext.fromResourceType(type))
        .inNamespace("shop")
        .resource(written)
        .create();
    return bench
        .client
        .resources(type)
        .inNamespace("shop")
        .withName(written.getMetadata().getName())
        .get();
  }

  private <T extends HasMetadata> T live(T object) {
    return bench.client.resource(object).get();
  }

  private static Condition ready(List<Condition> conditions) {
    return Conditions.find(conditions, ConditionType.READY).orElseThrow();
  }

  private static String document(String kind, String name, String spec) {
    return """
        apiVersion: planwright.dev/v1alpha1
        kind: %s
        metadata: {name: %s, namespace: shop, uid: uid-%s, generation: 1}
        spec: {%s}
        """
        .formatted(kind, name, name, spec);
  }
}
