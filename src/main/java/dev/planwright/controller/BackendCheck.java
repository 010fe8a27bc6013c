package dev.planwright.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.api.v1alpha1.AmountUnit;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Durations;
import dev.planwright.api.v1alpha1.Environment;
import dev.planwright.api.v1alpha1.Formats;
import dev.planwright.api.v1alpha1.ProviderBlock.SecretRef;
import dev.planwright.api.v1alpha1.Rule;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Limits;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.client.UrlPolicy;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether the spec of a BillingBackend can be used, with all that is wrong at once. The schema
 * holds these rules too; an API server without it holds none.
 */
final class BackendCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROVIDER = "spec.provider";

  private final BillingBackendSpec spec;
  private final String object;
  private final ObjectKey key;
  private final AccountAccess access;
  private final List<Violation> violations = new ArrayList<>();

  /** What came of it. */
  sealed interface Result {}

  /** It can be used. */
  record Fine(ProviderFactory factory, AccountConfig config, SecretRef secret, Limits limits)
      implements Result {}

  /** It cannot. */
  record Wrong(Reason reason, List<Violation> violations) implements Result {
    String message() {
      return String.join("\n", violations.stream().map(Violation::message).toList());
    }
  }

  private BackendCheck(BillingBackend backend, AccountAccess access) {
    this.spec = backend.getSpec();
    this.key = ObjectKey.of(backend);
    this.object = "BillingBackend " + key;
    this.access = access;
  }

  static Result check(BillingBackend backend, AccountAccess access) {
    return new BackendCheck(backend, access).run();
  }

  /** The provider's block, where there is exactly one. */
  static Optional<String> providerOf(BillingBackendSpec spec) {
    JsonNode blocks = JSON.valueToTree(spec.provider());
    return blocks != null && blocks.size() == 1
        ? Optional.of(blocks.fieldNames().next())
        : Optional.empty();
  }

  private Result run() {
    text(Rule.OWNER_ID_FORMAT, "spec.ownerId", spec.ownerId(), Formats.OWNER_ID);
    checkLimits(spec.limits());
    checkDuration("spec.drift.interval", spec.drift() == null ? null : spec.drift().interval());
    checkAliases();
    BillingBackendSpec.Defaults defaults = spec.defaults();
    if (defaults != null && defaults.product() != null) {
      text(Rule.WORD_FORMAT, "spec.defaults.product", defaults.product(), Formats.WORD);
    }
    Optional<String> name = providerOf(spec);
    if (name.isEmpty()) {
      wrong(Rule.ONE_PROVIDER, PROVIDER, blockNames());
      return new Wrong(Reason.INVALID_SPEC, violations);
    }
    ProviderFactory factory = access.providers().get(name.get());
    if (factory == null) {
      violations.add(
          new Violation(
              object,
              PROVIDER,
              name.get(),
              "is not known to this version",
              "use one of " + String.join(", ", new TreeSet<>(access.providers().keySet()))));
      return new Wrong(Reason.INVALID_SPEC, violations);
    }
    return withProvider(factory);
  }

  private Result withProvider(ProviderFactory factory) {
    ObjectNode block = JSON.valueToTree(spec.provider());
    block = (ObjectNode) block.path(factory.name());
    SecretRef secret = secretRef(block, factory.name());
    block.remove("credentials");
    AccountConfig config =
        new AccountConfig(key.toString(), spec.ownerId(), environment(), block, aliases());
    List<Violation> ofSettings = factory.checkSettings(config);
    violations.addAll(ofSettings);
    Optional<String> insecure = checkUrl(factory, config, ofSettings);
    if (!violations.isEmpty()) {
      insecure.ifPresent(problem -> violations.add(urlViolation(config, problem)));
      return new Wrong(Reason.INVALID_SPEC, violations);
    }
    if (insecure.isPresent()) {
      return new Wrong(Reason.INSECURE_URL, List.of(urlViolation(config, insecure.get())));
    }
    return new Fine(factory, config, secret, limits(factory.limits()));
  }

  /** Adds what is wrong with the address; that it is insecure is returned, for its own reason. */
  private Optional<String> checkUrl(
      ProviderFactory factory, AccountConfig config, List<Violation> ofSettings) {
    String url = config.setting("url");
    if (url.isEmpty() && ofSettings.isEmpty()) {
      url = factory.baseUrl(config);
    }
    boolean said = ofSettings.stream().anyMatch(wrong -> wrong.field().endsWith(".url"));
    if (url.isEmpty() || said) {
      return Optional.empty();
    }
    Optional<String> unusable = UrlPolicy.problem(url, true);
    if (unusable.isPresent()) {
      violations.add(urlViolation(config, unusable.get()));
      return Optional.empty();
    }
    return UrlPolicy.problem(url, access.allowHttp());
  }

  private Violation urlViolation(AccountConfig config, String problem) {
    // The value is left out: it may hold a password, which the problem then says.
    return new Violation(
        object,
        PROVIDER + "." + providerOf(spec).orElse("") + ".url",
        "",
        problem,
        config.setting("url").isEmpty() ? "set the url" : "mend the url");
  }

  private SecretRef secretRef(ObjectNode block, String provider) {
    JsonNode ref = block.path("credentials").path("secretRef");
    SecretRef secret = new SecretRef(ref.path("name").asText(""), ref.path("key").asText(""));
    String field = PROVIDER + "." + provider + ".credentials.secretRef";
    text(Rule.NAME_FORMAT, field + ".name", secret.name(), Formats.NAME);
    if (!secret.key().matches(Formats.SECRET_KEY)) {
      wrong(Rule.REQUIRED, field + ".key", secret.key());
    }
    return secret;
  }

  private void checkLimits(BillingBackendSpec.@Nullable Limits limits) {
    if (limits == null) {
      return;
    }
    range("spec.limits.requestsPerSecond", limits.requestsPerSecond(), 1000);
    range("spec.limits.maxConcurrent", limits.maxConcurrent(), 100);
    checkDuration("spec.limits.timeout", limits.timeout());
  }

  private void range(String field, @Nullable Integer value, int most) {
    if (value != null && (value < 1 || value > most)) {
      violations.add(
          new Violation(
              object,
              field,
              value.toString(),
              "is out of range",
              "write a whole number from 1 to " + most));
    }
  }

  private void checkDuration(String field, @Nullable String text) {
    if (text == null) {
      return;
    }
    Optional<Duration> duration =
        text.length() > Formats.DURATION_LENGTH ? Optional.empty() : Durations.parse(text);
    if (duration.isEmpty()) {
      wrong(Rule.DURATION_FORMAT, field, text);
    } else if (!duration.get().isPositive()) {
      wrong(Rule.DURATION_POSITIVE, field, text);
    }
  }

  private void checkAliases() {
    BillingBackendSpec.Aliases all = aliasesOrNone();
    all.metrics().forEach((word, alias) -> checkAlias("metrics", word, alias.id()));
    all.features().forEach((word, alias) -> checkAlias("features", word, alias.id()));
    all.products().forEach((word, alias) -> checkAlias("products", word, alias.id()));
  }

  private void checkAlias(String kind, String word, String id) {
    if (id.isBlank() || id.length() > Formats.EXTERNAL_ID_LENGTH) {
      wrong(Rule.REQUIRED, "spec.aliases." + kind + "." + word + ".id", id);
    }
  }

  private void text(Rule rule, String field, String value, String pattern) {
    if (value.isEmpty()) {
      wrong(Rule.REQUIRED, field, value);
    } else if (!value.matches(pattern)) {
      wrong(rule, field, value);
    }
  }

  private void wrong(Rule rule, String field, String value) {
    violations.add(
        new Violation(
            object,
            field,
            value,
            value.isEmpty() ? "is missing" : "is not valid",
            "it " + rule.sentence()));
  }

  private String blockNames() {
    List<String> names = new ArrayList<>();
    JsonNode blocks = JSON.valueToTree(spec.provider());
    if (blocks != null) {
      blocks.fieldNames().forEachRemaining(names::add);
    }
    return String.join(", ", names);
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

  private BillingBackendSpec.Aliases aliasesOrNone() {
    return spec.aliases() == null ? BillingBackendSpec.Aliases.NONE : spec.aliases();
  }

  private AccountConfig.Aliases aliases() {
    BillingBackendSpec.Aliases all = aliasesOrNone();
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
        concurrent == null ? usual.maxConcurrent() : concurrent,
        timeout == null
            ? usual.timeout()
            : Durations.parse(timeout).orElseThrow()); // checked above: no violation, no limits
  }
}
