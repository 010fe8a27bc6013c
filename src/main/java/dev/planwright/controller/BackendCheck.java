package dev.planwright.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.api.v1alpha1.AmountUnit;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Durations;
import dev.planwright.api.v1alpha1.Environment;
import dev.planwright.api.v1alpha1.ProviderBlock.SecretRef;
import dev.planwright.api.v1alpha1.Rule;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Limits;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.client.UrlPolicy;
import dev.planwright.catalog.BackendCompiler;
import dev.planwright.catalog.Compilation;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether the spec of a BillingBackend can be used, with all that is wrong at once: the rules of
 * the schema, which not every API server holds, and those of the provider.
 */
public final class BackendCheck {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BillingBackend backend;
  private final BillingBackendSpec spec;
  private final String object;
  private final Map<String, ProviderFactory> providers;
  private final boolean allowHttp;

  /** What came of it. */
  public sealed interface Result {}

  /** It can be used. */
  public record Fine(ProviderFactory factory, AccountConfig config, SecretRef secret, Limits limits)
      implements Result {}

  /** It cannot. */
  public record Wrong(Reason reason, List<Violation> violations) implements Result {
    /** One line for each thing that is wrong. */
    public String message() {
      return String.join("\n", violations.stream().map(Violation::message).toList());
    }
  }

  private BackendCheck(
      BillingBackend backend, Map<String, ProviderFactory> providers, boolean allowHttp) {
    this.backend = backend;
    this.spec = backend.getSpec();
    this.object = "BillingBackend " + ObjectKey.of(backend);
    this.providers = providers;
    this.allowHttp = allowHttp;
  }

  static Result check(BillingBackend backend, AccountAccess access) {
    return check(backend, access.providers(), access.allowHttp());
  }

  /**
   * Looks at the spec alone: nobody is asked.
   *
   * @param providers by the name of the provider's block
   * @param allowHttp whether keys may be sent in the clear
   */
  public static Result check(
      BillingBackend backend, Map<String, ProviderFactory> providers, boolean allowHttp) {
    return new BackendCheck(backend, providers, allowHttp).run();
  }

  /** The provider's block, where there is exactly one. */
  static Optional<String> providerOf(BillingBackendSpec spec) {
    JsonNode blocks = JSON.valueToTree(spec.provider());
    return blocks != null && blocks.size() == 1
        ? Optional.of(blocks.fieldNames().next())
        : Optional.empty();
  }

  private Result run() {
    List<Compilation.Finding> ofRules =
        BackendCompiler.check(backend, url -> UrlPolicy.problem(url, allowHttp));
    List<Violation> violations =
        new ArrayList<>(ofRules.stream().map(Compilation.Finding::violation).toList());
    boolean onlyInsecure =
        !ofRules.isEmpty() && ofRules.stream().allMatch(found -> found.rule() == Rule.URL_SECURE);
    Optional<String> name = providerOf(spec);
    if (name.isEmpty()) {
      return new Wrong(Reason.INVALID_SPEC, violations);
    }
    ProviderFactory factory = providers.get(name.get());
    if (factory == null) {
      violations.add(unknownProvider(name.get()));
      return new Wrong(Reason.INVALID_SPEC, violations);
    }
    ObjectNode block = JSON.<ObjectNode>valueToTree(spec.provider()).withObject(name.get());
    JsonNode ref = block.path("credentials").path("secretRef");
    block.remove("credentials");
    AccountConfig config =
        new AccountConfig(
            ObjectKey.of(backend).toString(), spec.ownerId(), environment(), block, aliases());
    boolean ofProvider = addNew(violations, factory.checkSettings(config));
    if (violations.isEmpty()) {
      // Where the block names no url, the provider does.
      UrlPolicy.problem(factory.baseUrl(config), allowHttp)
          .ifPresent(problem -> violations.add(insecure(name.get(), problem)));
      onlyInsecure = true;
    }
    if (!violations.isEmpty()) {
      boolean insecure = onlyInsecure && !ofProvider;
      return new Wrong(insecure ? Reason.INSECURE_URL : Reason.INVALID_SPEC, violations);
    }
    SecretRef secret = new SecretRef(ref.path("name").asText(""), ref.path("key").asText(""));
    return new Fine(factory, config, secret, limits(factory.limits()));
  }

  /** Adds what was not said about the same field already. */
  private static boolean addNew(List<Violation> violations, List<Violation> more) {
    List<Violation> unsaid =
        more.stream()
            .filter(v -> violations.stream().noneMatch(said -> said.field().equals(v.field())))
            .toList();
    return violations.addAll(unsaid);
  }

  private Violation unknownProvider(String name) {
    return new Violation(
        object,
        "spec.provider",
        name,
        "is not known to this version",
        "use one of " + String.join(", ", new TreeSet<>(providers.keySet())));
  }

  private Violation insecure(String provider, String problem) {
    return new Violation(
        object, "spec.provider." + provider + ".url", "", problem, "set a url that uses https");
  }

  private AccountFacts.AccountEnvironment environment() {
    Environment environment = spec.environment();
    if (environment == null) {
      return AccountFacts.AccountEnvironment.UNVERIFIED;
    }
    return switch (environment) {
      case SANDBOX -> AccountFacts.AccountEnvironment.SANDBOX;
      case PRODUCTION -> AccountFacts.AccountEnvironment.PRODUCTION;
    };
  }

  private AccountConfig.Aliases aliases() {
    BillingBackendSpec.Aliases all = spec.aliases();
    if (all == null) {
      return AccountConfig.Aliases.NONE;
    }
    Map<String, AccountConfig.Alias> metrics = new TreeMap<>();
    all.metrics()
        .forEach(
            (word, metric) ->
                metrics.put(
                    word, new AccountConfig.Alias(metric.id(), metric.unit() == AmountUnit.MINOR)));
    return new AccountConfig.Aliases(metrics, plain(all.features()), plain(all.products()));
  }

  private static Map<String, AccountConfig.Alias> plain(
      Map<String, BillingBackendSpec.Alias> aliases) {
    Map<String, AccountConfig.Alias> plain = new TreeMap<>();
    aliases.forEach((word, alias) -> plain.put(word, new AccountConfig.Alias(alias.id(), false)));
    return plain;
  }

  private Limits limits(Limits usual) {
    BillingBackendSpec.Limits said = spec.limits();
    if (said == null) {
      return usual;
    }
    Integer rate = said.requestsPerSecond();
    Integer concurrent = said.maxConcurrent();
    String timeout = said.timeout();
    return new Limits(
        rate == null ? usual.requestsPerSecond() : rate,
        usual.readsAndWritesApart(),
        concurrent == null ? usual.maxConcurrent() : concurrent,
        timeout == null || timeout.isEmpty()
            ? usual.timeout()
            : Durations.parse(timeout).orElseThrow()); // checked above: the rules hold it
  }
}
