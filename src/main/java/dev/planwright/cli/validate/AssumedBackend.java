package dev.planwright.cli.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.Check;
import dev.planwright.backend.Provider;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Violation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A kind of billing system without its BillingBackend: every setting that the schema allows may be
 * meant. What it cannot say under any of them is wrong; what it can say under some is not known.
 */
final class AssumedBackend {
  /** For what is a text in the block, such as an id: its form fits those of all vendors. */
  private static final String SOME_ID = "00000000-0000-4000-8000-000000000000";

  private static final String SOME_URL = "https://billing.example.com";

  /** More settings than this have no switch in common. */
  private static final int MOST = 128;

  private static final ApiClient NO_CALLS =
      request -> {
        throw new IllegalStateException("what is checked offline makes no call");
      };

  private final List<Provider<?>> bySettings;

  /**
   * Everything that is known of a plan.
   *
   * @param wrong what cannot be said whatever the settings
   * @param depends what cannot be said unless a setting allows it
   */
  record Opinion(List<Violation> wrong, List<Violation> depends, List<String> warnings) {}

  AssumedBackend(ProviderFactory factory, Schema block) {
    List<Provider<?>> open = new ArrayList<>();
    for (ObjectNode settings : settings(block)) {
      AccountConfig config =
          new AccountConfig(
              "not given",
              "not-given",
              AccountFacts.AccountEnvironment.UNVERIFIED,
              settings,
              AccountConfig.Aliases.NONE);
      if (factory.checkSettings(config).stream().allMatch(wrong -> isInvented(wrong, settings))) {
        open.add(open(factory, config));
      }
    }
    if (open.isEmpty()) {
      throw new IllegalStateException(factory.name() + " takes none of the settings tried");
    }
    this.bySettings = List.copyOf(open);
  }

  /** Ids have forms of their own; a made-up one stands for any. */
  private static boolean isInvented(Violation wrong, ObjectNode settings) {
    String name = wrong.field().substring(wrong.field().lastIndexOf('.') + 1);
    return settings.path(name).asText().equals(SOME_ID);
  }

  /** A provider that can be asked what it can say, and nothing else. */
  static Provider<?> open(ProviderFactory factory, AccountConfig config) {
    return factory.open(config, NO_CALLS, InstantSource.system());
  }

  /** A provider for each combination of settings, the least that a block may say first. */
  List<Provider<?>> bySettings() {
    return bySettings;
  }

  Opinion of(CatalogPlan plan, Policies policies) {
    Verdict usual = check(bySettings.getFirst(), plan, policies);
    if (usual.isExpressible()) {
      return new Opinion(List.of(), List.of(), usual.warnings());
    }
    List<Violation> always = new ArrayList<>(usual.violations());
    for (Provider<?> provider : bySettings) {
      Verdict verdict = check(provider, plan, policies);
      if (verdict.isExpressible()) {
        return new Opinion(List.of(), usual.violations(), verdict.warnings());
      }
      always.removeIf(one -> verdict.violations().stream().noneMatch(it -> isSame(one, it)));
    }
    List<Violation> wrong = always.isEmpty() ? usual.violations() : always;
    List<Violation> depends =
        usual.violations().stream().filter(one -> !wrong.contains(one)).toList();
    return new Opinion(wrong, depends, usual.warnings());
  }

  private static Verdict check(Provider<?> provider, CatalogPlan plan, Policies policies) {
    return Check.of(provider, plan, policies, AccountFacts.unknown());
  }

  /** The words may name a setting. */
  private static boolean isSame(Violation one, Violation other) {
    return one.object().equals(other.object()) && one.field().equals(other.field());
  }

  /** The least that a block may say first, then every other combination. */
  private static List<ObjectNode> settings(Schema block) {
    List<ObjectNode> all = new ArrayList<>();
    all.add(JsonNodeFactory.instance.objectNode());
    for (Map.Entry<String, Schema> field : block.properties().entrySet()) {
      if (field.getKey().equals("credentials")) {
        continue;
      }
      List<JsonNode> values = values(field.getKey(), field.getValue().source());
      List<ObjectNode> more = new ArrayList<>(field.getKey().equals("url") ? List.of() : all);
      for (JsonNode value : values) {
        for (ObjectNode before : all) {
          more.add(before.deepCopy().set(field.getKey(), value));
        }
      }
      all = more.size() <= MOST ? more : all;
    }
    return all;
  }

  private static List<JsonNode> values(String name, JsonNode schema) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (schema.path("type").asText().equals("boolean")) {
      return List.of(json.booleanNode(true));
    }
    List<JsonNode> words = new ArrayList<>();
    schema.path("enum").forEach(words::add);
    if (!words.isEmpty()) {
      return words;
    }
    return List.of(json.textNode(name.equals("url") ? SOME_URL : SOME_ID));
  }
}
