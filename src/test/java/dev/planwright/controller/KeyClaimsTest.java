package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import dev.planwright.backend.Account;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Capabilities;
import dev.planwright.backend.admission.Admission;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.Reason;
import dev.planwright.testing.FakeBilling;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyClaimsTest {
  private final ManualClock clock = new ManualClock();
  private final FixedManifests manifests = new FixedManifests();
  private final Map<ObjectKey, AccountState> states = new HashMap<>();
  private final KeyClaims claims =
      new KeyClaims(
          manifests,
          new Accounts() {
            @Override
            public AccountState of(ObjectKey backend) {
              return states.getOrDefault(
                  backend,
                  new AccountState.Unusable(Reason.BACKEND_NOT_READY, "", true, Optional.empty()));
            }

            @Override
            public void unauthorized(ObjectKey backend) {}

            @Override
            public Optional<Admission<ObjectKey>> queue(ObjectKey backend) {
              return Optional.empty();
            }

            @Override
            public void needed(ObjectKey backend) {}
          });
  private final OpenAccount account = open("shop-prod", "org_1");

  @Test
  void whoHoldsTheExternalIdWinsOverAnOlderOne() {
    Plan older = claim("a", "default", "2026-01-01T00:00:00Z", "u1");
    Plan holder = hold(claim("b", "default", "2026-02-01T00:00:00Z", "u2"));
    assertThat(claims.winnerOver(older, account)).contains(holder);
    assertThat(claims.winnerOver(holder, account)).isEmpty();
  }

  @Test
  void elseTheOlderAndAmongEquallyOldTheLesserUid() {
    Plan younger = claim("a", "default", "2026-02-01T00:00:00Z", "u1");
    Plan older = claim("b", "default", "2026-01-01T00:00:00Z", "u3");
    Plan twin = claim("c", "default", "2026-01-01T00:00:00Z", "u2");
    assertThat(claims.winnerOver(younger, account)).contains(twin);
    assertThat(claims.winnerOver(older, account)).contains(twin);
    assertThat(claims.winnerOver(twin, account)).isEmpty();
    assertThat(claims.heir(twin, account)).contains(older);
  }

  @Test
  void whoIsOnItsWayOutClaimsNothing() {
    Plan plan = claim("a", "default", "2026-02-01T00:00:00Z", "u1");
    Plan leaving = hold(claim("b", "default", "2026-01-01T00:00:00Z", "u2"));
    leaving.getMetadata().setDeletionTimestamp("2026-03-01T00:00:00Z");
    assertThat(claims.winnerOver(plan, account)).isEmpty();
    assertThat(claims.heir(leaving, account)).as("who waited takes over").contains(plan);
  }

  @Test
  void anotherKeyOrAnotherAccountIsNoRival() {
    Plan plan = claim("a", "default", "2026-02-01T00:00:00Z", "u1");
    claim("b", "elsewhere", "2026-01-01T00:00:00Z", "u2");
    assertThat(claims.winnerOver(plan, account)).as("nothing is known of it").isEmpty();
    put("elsewhere", new AccountState.Usable(open("shop-prod", "org_2")));
    assertThat(claims.winnerOver(plan, account)).as("another account").isEmpty();
    put("elsewhere", new AccountState.Usable(open("other-owner", "org_1")));
    assertThat(claims.winnerOver(plan, account)).as("another owner").isEmpty();
    assertThat(claims.heir(plan, account)).isEmpty();
  }

  @Test
  void anotherBackendThatOpensTheSameAccountIsARivalAskedOrRemembered() {
    Plan plan = claim("a", "default", "2026-02-01T00:00:00Z", "u1");
    Plan older = claim("b", "elsewhere", "2026-01-01T00:00:00Z", "u2");
    put("elsewhere", new AccountState.Usable(open("shop-prod", "org_1")));
    assertThat(claims.winnerOver(plan, account)).contains(older);
    put("elsewhere", new AccountState.Remembered(open("shop-prod", "org_1")));
    assertThat(claims.winnerOver(plan, account)).contains(older);
  }

  @Test
  void aBackendThatCannotBeUsedForAWhileKeepsTheKeysOfItsPlans() {
    Plan plan = claim("a", "default", "2026-02-01T00:00:00Z", "u1");
    Plan older = claim("b", "elsewhere", "2026-01-01T00:00:00Z", "u2");
    BillingBackend elsewhere =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: planwright.dev/v1alpha1
                kind: BillingBackend
                metadata: {name: elsewhere, namespace: shop}
                spec: {ownerId: shop-prod}
                status: {provider: http, account: {id: org_1}}
                """,
                BillingBackend.class);
    manifests.backends.add(elsewhere);
    assertThat(claims.winnerOver(plan, account)).contains(older);
  }

  @Test
  void anObjectIsHeldByWhoeverHasItsIdInStatusInTheAnnotationOrInTheSpec() {
    Plan plan = hold(claim("a", "default", "2026-01-01T00:00:00Z", "u1"));
    assertThat(claims.holderOf("plan_1", plan, account)).as("its own").isEmpty();
    hold(claim("b", "default", "2026-02-01T00:00:00Z", "u2"));
    assertThat(claims.holderOf("plan_1", plan, account)).contains("shop/b");
    Plan annotated = claim("c", "default", "2026-02-01T00:00:00Z", "u3");
    annotated.getMetadata().setAnnotations(Map.of(Annotations.EXTERNAL_ID, "plan_2"));
    assertThat(claims.holderOf("plan_2", plan, account)).contains("shop/c");
    manifests.plans.add(Manifested.plan("d", 1, "{externalId: plan_3}"));
    assertThat(claims.holderOf("plan_3", plan, account)).contains("shop/d");
    assertThat(claims.holderOf("plan_4", plan, account)).isEmpty();
  }

  @Test
  void whoIsOnItsWayOutOrOnAnotherKindOfBillingSystemHoldsNothingHere() {
    Plan plan = claim("a", "default", "2026-01-01T00:00:00Z", "u1");
    Plan other = hold(claim("b", "elsewhere", "2026-02-01T00:00:00Z", "u2"));
    assertThat(claims.holderOf("plan_1", plan, account))
        .as("a backend of which nothing is known counts")
        .contains("shop/b");
    manifests.backends.add(backend("stigg"));
    assertThat(claims.holderOf("plan_1", plan, account)).isEmpty();
    manifests.backends.set(0, backend("http"));
    assertThat(claims.holderOf("plan_1", plan, account)).contains("shop/b");
    other.getMetadata().setDeletionTimestamp("2026-03-01T00:00:00Z");
    assertThat(claims.holderOf("plan_1", plan, account)).isEmpty();
  }

  private static BillingBackend backend(String provider) {
    return new KubernetesSerialization()
        .unmarshal(
            """
            apiVersion: planwright.dev/v1alpha1
            kind: BillingBackend
            metadata: {name: elsewhere, namespace: shop}
            spec: {ownerId: shop-prod}
            status: {provider: %s, account: {id: org_1}}
            """
                .formatted(provider),
            BillingBackend.class);
  }

  private void put(String backend, AccountState state) {
    states.put(new ObjectKey("shop", backend), state);
  }

  private Plan claim(String name, String backend, String created, String uid) {
    Plan plan = Manifested.plan(name, 1, "{key: pro, backendRef: {name: " + backend + "}}");
    plan.getMetadata().setCreationTimestamp(created);
    plan.getMetadata().setUid(uid);
    manifests.plans.add(plan);
    return plan;
  }

  private static Plan hold(Plan plan) {
    plan.setStatus(PlanStatusBuilder.from(PlanStatus.EMPTY).externalId("plan_1").build());
    return plan;
  }

  private OpenAccount open(String owner, String account) {
    AccountFacts facts = new AccountFacts(account, "Acme", AccountEnvironment.SANDBOX, Map.of());
    return new OpenAccount(
        new Account<>(
            "shop/default",
            new FakeBilling().provider(clock),
            request -> new ApiResponse(200, Map.of(), JsonNodeFactory.instance.objectNode()),
            facts),
        new AccountConfig(
            "shop/default",
            owner,
            AccountEnvironment.SANDBOX,
            JsonNodeFactory.instance.objectNode(),
            AccountConfig.Aliases.NONE),
        BillingBackendSpec.EMPTY,
        new Capabilities(Map.of()),
        new Admission<>(1, Duration.ofSeconds(30), clock, offered -> {}),
        "1");
  }
}
