package dev.planwright.bench;

import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;

/** Plans with three Prices each, in one namespace. */
@SuppressWarnings("InlineFormatString") // manifests read better as files of their own
record Catalogue(KubernetesClient client, String namespace, int plans) {
  private static final String PLAN =
      """
      {"apiVersion":"planwright.dev/v1alpha1","kind":"Plan","metadata":{"name":"%1$s"},
       "spec":{"displayName":"Plan %1$s","requiredPrices":["%1$s-base","%1$s-calls","%1$s-gb"]}}""";
  private static final String PRICE =
      """
      {"apiVersion":"planwright.dev/v1alpha1","kind":"Price","metadata":{"name":"%1$s-%2$s"},
       "spec":{"planRef":{"name":"%1$s"},"currency":"USD","recurring":{"interval":"Month"},%3$s}}""";
  private static final int AT_ONCE = 32;

  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < plans; i++) {
      names.add("plan-%05d".formatted(i));
    }
    return names;
  }

  void create() {
    forEachPlan(
        name -> {
          price(name, "base", "\"flat\":{\"amount\":\"49.00\"}");
          price(name, "calls", "\"perUnit\":{\"metric\":\"api-calls\",\"amount\":\"0.002\"}");
          price(name, "gb", "\"perUnit\":{\"metric\":\"storage-gb\",\"amount\":\"0.10\"}");
          make(Serialization.unmarshal(PLAN.formatted(name), Plan.class));
        });
  }

  private void price(String plan, String name, String model) {
    make(Serialization.unmarshal(PRICE.formatted(plan, name, model), Price.class));
  }

  private void make(HasMetadata resource) {
    HasMetadata made = client.resource(resource).inNamespace(namespace).create();
    if (made.getMetadata().getUid() == null) {
      throw new IllegalStateException("not made: " + resource.getMetadata().getName());
    }
  }

  /** What is done with one plan. */
  interface Work {
    void on(String plan) throws Exception;
  }

  /** Does it for all plans, some of them at once. */
  void forEachPlan(Work work) {
    Semaphore permits = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (String name : names()) {
        Callable<String> one =
            () -> {
              permits.acquire();
              try {
                work.on(name);
              } finally {
                permits.release();
              }
              return name;
            };
        all.add(threads.submit(one));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns when every Plan and every Price says {@code Ready}. */
  void awaitReady() {
    try (SharedIndexInformer<Plan> seenPlans =
            client.resources(Plan.class).inNamespace(namespace).inform();
        SharedIndexInformer<Price> seenPrices =
            client.resources(Price.class).inNamespace(namespace).inform()) {
      Awaitility.await("all to be Ready")
          .atMost(Duration.ofMinutes(20))
          .pollInterval(Duration.ofMillis(100))
          .until(
              () ->
                  ready(seenPlans.getStore().list().stream().map(Catalogue::conditions).toList())
                          == plans
                      && ready(
                              seenPrices.getStore().list().stream()
                                  .map(Catalogue::conditionsOfPrice)
                                  .toList())
                          == 3L * plans);
    }
  }

  private static List<Condition> conditions(Plan plan) {
    return plan.getStatus() == null ? List.of() : plan.getStatus().conditions();
  }

  private static List<Condition> conditionsOfPrice(Price price) {
    return price.getStatus() == null ? List.of() : price.getStatus().conditions();
  }

  private static long ready(List<List<Condition>> all) {
    return all.stream()
        .filter(
            conditions ->
                conditions.stream()
                    .anyMatch(
                        it -> "Ready".equals(it.type()) && it.status() == Condition.Status.TRUE))
        .count();
  }
}
