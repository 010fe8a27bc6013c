package dev.planwright.cli.quickstart;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec.Aliases;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.PriceSpec;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.sandbox.SandboxHandler;
import dev.planwright.sandbox.SandboxRequest;
import dev.planwright.sandbox.SandboxResponse;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The metrics, features and products that manifests name. A billing system has them before anybody
 * sells by them, and Planwright never creates any: in the sandbox they are made here.
 */
record SandboxWords(Set<Word> words) {
  /**
   * One of them.
   *
   * @param plural metrics, features or products
   * @param unit of a metric: Count, Major or Minor; empty otherwise
   */
  record Word(String plural, String name, String unit) implements Comparable<Word> {
    @Override
    public int compareTo(Word other) {
      int byKind = plural.compareTo(other.plural);
      int byName = byKind != 0 ? byKind : name.compareTo(other.name);
      return byName != 0 ? byName : unit.compareTo(other.unit);
    }
  }

  /** All that the manifests name, as the account of their BillingBackend would know them. */
  static SandboxWords of(Collection<? extends HasMetadata> objects) {
    Map<String, Aliases> aliases = new HashMap<>();
    Map<String, String> backends = new HashMap<>();
    for (HasMetadata object : objects) {
      String namespace = object.getMetadata().getNamespace() + "/";
      switch (object) {
        case BillingBackend backend ->
            aliases.put(
                namespace + backend.getMetadata().getName(),
                Optional.ofNullable(backend.getSpec().aliases()).orElse(Aliases.NONE));
        case Plan plan ->
            backends.put(
                namespace + plan.getMetadata().getName(),
                namespace + CatalogCompiler.backend(plan));
        default -> {}
      }
    }
    Set<Word> words = new TreeSet<>();
    for (HasMetadata object : objects) {
      String namespace = object.getMetadata().getNamespace() + "/";
      if (object instanceof Plan plan) {
        Aliases known =
            aliases.getOrDefault(namespace + CatalogCompiler.backend(plan), Aliases.NONE);
        plan(plan, known, words);
      } else if (object instanceof Price price) {
        String backend = backends.getOrDefault(namespace + price.getSpec().planName(), "");
        price(price.getSpec(), aliases.getOrDefault(backend, Aliases.NONE), words);
      }
    }
    return new SandboxWords(words);
  }

  private static void plan(Plan plan, Aliases aliases, Set<Word> words) {
    plan.getSpec().entitlements().forEach(one -> feature(one.feature(), aliases, words));
    String product = plan.getSpec().product();
    if (product != null && !product.isEmpty()) {
      var alias = aliases.products().get(product);
      words.add(new Word("products", alias == null ? product : alias.id(), ""));
    }
  }

  private static void price(PriceSpec price, Aliases aliases, Set<Word> words) {
    if (price.flat() != null) {
      metric(price.flat().metric(), "Count", aliases, words);
    }
    if (price.perUnit() != null) {
      metric(price.perUnit().metric(), "Count", aliases, words);
    }
    if (price.packageOf() != null) {
      metric(price.packageOf().metric(), "Count", aliases, words);
    }
    if (price.graduated() != null) {
      metric(price.graduated().metric(), "Count", aliases, words);
    }
    if (price.volume() != null) {
      metric(price.volume().metric(), "Count", aliases, words);
    }
    if (price.percentage() != null) {
      metric(price.percentage().metric(), "Major", aliases, words);
    }
    if (price.graduatedPercentage() != null) {
      metric(price.graduatedPercentage().metric(), "Major", aliases, words);
    }
    if (price.dynamic() != null) {
      metric(price.dynamic().metric(), "Count", aliases, words);
    }
    if (price.overage() != null) {
      feature(price.overage().feature(), aliases, words);
    }
  }

  private static void metric(@Nullable String word, String unit, Aliases aliases, Set<Word> words) {
    if (word == null || word.isEmpty()) {
      return;
    }
    var alias = aliases.metrics().get(word);
    var own = alias == null ? null : alias.unit();
    words.add(
        new Word(
            "metrics",
            alias == null ? word : alias.id(),
            own == null || unit.equals("Count") ? unit : own.toString()));
  }

  private static void feature(String word, Aliases aliases, Set<Word> words) {
    if (!word.isEmpty()) {
      var alias = aliases.features().get(word);
      words.add(new Word("features", alias == null ? word : alias.id(), ""));
    }
  }

  /** Those of one kind, for output. */
  String list(String plural) {
    return String.join(
        ", ",
        words.stream().filter(w -> w.plural().equals(plural)).map(Word::name).distinct().toList());
  }

  /** These without others. */
  SandboxWords without(SandboxWords others) {
    Set<Word> rest = new TreeSet<>(words);
    rest.removeAll(others.words());
    return new SandboxWords(rest);
  }

  /**
   * Makes them in the sandbox.
   *
   * @throws IllegalStateException when the sandbox refuses one; says which and why
   */
  void seed(SandboxHandler sandbox, String apiKey) {
    for (Word word : words) {
      String path =
          "/sandbox/"
              + word.plural()
              + "/"
              + URLEncoder.encode(word.name(), StandardCharsets.UTF_8).replace("+", "%20");
      String body =
          word.unit().isEmpty()
              ? "{}"
              : "{\"aggregation\":\"Sum\",\"unit\":\"" + word.unit() + "\"}";
      SandboxResponse answer =
          sandbox.handle(
              new SandboxRequest(
                  "PUT",
                  path,
                  Map.of("authorization", "Bearer " + apiKey, "content-type", "application/json"),
                  body.getBytes(StandardCharsets.UTF_8)));
      if (answer.status() >= 300) {
        throw new IllegalStateException(
            "the sandbox refuses "
                + path
                + ": "
                + new String(answer.body(), StandardCharsets.UTF_8));
      }
    }
  }
}
