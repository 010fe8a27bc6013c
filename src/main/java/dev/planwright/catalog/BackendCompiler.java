package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Durations;
import dev.planwright.api.v1alpha1.Formats;
import dev.planwright.api.v1alpha1.ProviderBlock;
import dev.planwright.api.v1alpha1.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is wrong with a BillingBackend before anybody is asked; what only one billing
 * system minds, its provider checks. Pure and total.
 */
public final class BackendCompiler {
  private static final Pattern OWNER_ID = Pattern.compile(Formats.OWNER_ID);
  private static final Pattern SECRET_KEY = Pattern.compile(Formats.SECRET_KEY);

  private final BillingBackendSpec spec;
  private final CompilerFields fields;
  private final Function<String, Optional<String>> urlProblem;

  private BackendCompiler(
      BillingBackendSpec spec,
      CompilerFields fields,
      Function<String, Optional<String>> urlProblem) {
    this.spec = spec;
    this.fields = fields;
    this.urlProblem = urlProblem;
  }

  /**
   * Everything that is wrong.
   *
   * @param urlProblem why a key may not be sent to a URL, where it may not; never repeats user
   *     information
   */
  public static List<Compilation.Finding> check(
      BillingBackend backend, Function<String, Optional<String>> urlProblem) {
    List<Compilation.Finding> findings = new ArrayList<>();
    String object = "BillingBackend " + CatalogCompiler.path(backend);
    CompilerFields fields = new CompilerFields(object, findings);
    if (!fields.unknown(backend.unknown())) {
      new BackendCompiler(backend.getSpec(), fields, urlProblem).check();
    }
    return List.copyOf(findings);
  }

  private void check() {
    ownerId();
    provider();
    Optional.ofNullable(spec.aliases()).ifPresent(this::aliases);
    BillingBackendSpec.Limits limits = spec.limits();
    if (limits != null) {
      range("spec.limits.requestsPerSecond", limits.requestsPerSecond(), 1000);
      range("spec.limits.maxConcurrent", limits.maxConcurrent(), 100);
      duration("spec.limits.timeout", limits.timeout());
    }
    if (spec.drift() != null) {
      duration("spec.drift.interval", spec.drift().interval());
    }
    if (spec.defaults() != null) {
      fields.optionalWord("spec.defaults.product", spec.defaults().product());
    }
  }

  private void ownerId() {
    String ownerId = spec.ownerId();
    if (ownerId.isEmpty()) {
      fields.missing("spec.ownerId", "set a name for who we are on the account, and keep it");
    } else if (!CompilerFields.matches(OWNER_ID, ownerId, Formats.OWNER_ID_LENGTH)) {
      fields.report(
          Rule.OWNER_ID_FORMAT,
          "spec.ownerId",
          ownerId,
          CompilerFields.unfit(ownerId, Formats.OWNER_ID_LENGTH));
    }
  }

  private void provider() {
    ProviderBlock provider = spec.provider();
    if (provider == null) {
      fields.missing("spec.provider", "set exactly one block, such as http: {url: ...}");
      return;
    }
    List<String> names = new ArrayList<>();
    if (provider.bxb() != null) {
      names.add("bxb");
      url("bxb", provider.bxb().url());
      id("spec.provider.bxb.organizationId", provider.bxb().organizationId());
      credentials("bxb", provider.bxb().credentials());
    }
    if (provider.stigg() != null) {
      names.add("stigg");
      url("stigg", provider.stigg().url());
      id("spec.provider.stigg.productId", provider.stigg().productId());
      credentials("stigg", provider.stigg().credentials());
    }
    if (provider.schematic() != null) {
      names.add("schematic");
      url("schematic", provider.schematic().url());
      id("spec.provider.schematic.accountId", provider.schematic().accountId());
      fields.line("spec.provider.schematic.nameSuffix", provider.schematic().nameSuffix());
      credentials("schematic", provider.schematic().credentials());
    }
    if (provider.noderails() != null) {
      names.add("noderails");
      url("noderails", provider.noderails().url());
      id("spec.provider.noderails.appId", provider.noderails().appId());
      credentials("noderails", provider.noderails().credentials());
    }
    if (provider.paygentic() != null) {
      names.add("paygentic");
      paygentic(provider.paygentic());
    }
    if (provider.http() != null) {
      names.add("http");
      url("http", provider.http().url());
      credentials("http", provider.http().credentials());
    }
    exactlyOne(names);
  }

  private void exactlyOne(List<String> names) {
    if (names.size() != 1) {
      fields.report(
          Rule.ONE_PROVIDER,
          "spec.provider",
          String.join(" and ", names),
          names.isEmpty() ? "has no block" : "has several blocks",
          "set exactly one of bxb, stigg, schematic, noderails, paygentic and http");
    }
  }

  private void paygentic(ProviderBlock.Paygentic paygentic) {
    boolean hasUrl = paygentic.url() != null && !paygentic.url().isEmpty();
    if (hasUrl) {
      url("paygentic", paygentic.url());
    } else if (spec.environment() == null) {
      fields.report(
          Rule.PAYGENTIC_ENVIRONMENT,
          "spec.environment",
          "",
          "is missing, and the url depends on it",
          "set Sandbox or Production, or spec.provider.paygentic.url");
    }
    if (paygentic.merchantId().isEmpty()) {
      fields.missing("spec.provider.paygentic.merchantId", "set the id of the merchant");
    }
    id("spec.provider.paygentic.merchantId", paygentic.merchantId());
    id("spec.provider.paygentic.productId", paygentic.productId());
    credentials("paygentic", paygentic.credentials());
  }

  private void id(String field, @Nullable String id) {
    fields.text(field, id, Formats.EXTERNAL_ID_LENGTH, false);
  }

  private void url(String block, @Nullable String url) {
    String field = "spec.provider." + block + ".url";
    if (url == null || url.isEmpty()) {
      fields.missing(field, "set where the billing system is");
      return;
    }
    if (fields.url(field, shown(url)).isEmpty() || url.length() > Formats.URL_LENGTH) {
      return;
    }
    urlProblem
        .apply(url)
        .ifPresent(
            problem ->
                fields.report(
                    Rule.URL_SECURE,
                    field,
                    shown(url),
                    problem,
                    "use https, or an in-cluster name (*.svc)"));
  }

  /** Never more of a URL than may be read by anybody. */
  private static String shown(String url) {
    return url.replaceAll("//[^/]*@", "//").replaceAll("[?#].*", "");
  }

  private void credentials(String block, ProviderBlock.@Nullable Credentials credentials) {
    String field = "spec.provider." + block + ".credentials";
    ProviderBlock.SecretRef ref = credentials == null ? null : credentials.secretRef();
    if (ref == null) {
      fields.missing(field, "set secretRef: {name: ..., key: ...}");
      return;
    }
    fields.name(field + ".secretRef.name", ref.name());
    if (ref.key().isEmpty()) {
      fields.missing(field + ".secretRef.key", "set the entry of the Secret that holds the key");
    } else if (!CompilerFields.matches(SECRET_KEY, ref.key(), 253)) {
      fields.report(
          Rule.WORD_FORMAT,
          field + ".secretRef.key",
          "",
          "is no name of an entry of a Secret",
          "use at most 253 letters, digits and . _ -");
    }
  }

  private void aliases(BillingBackendSpec.Aliases aliases) {
    ids("metrics", aliases.metrics(), BillingBackendSpec.MetricAlias::id);
    ids("features", aliases.features(), BillingBackendSpec.Alias::id);
    ids("products", aliases.products(), BillingBackendSpec.Alias::id);
  }

  private <T> void ids(String kind, Map<String, T> aliases, Function<T, String> id) {
    String at = "spec.aliases." + kind;
    fields.bounded(at, List.copyOf(aliases.keySet()), 200).stream()
        .forEach(
            word -> {
              String field = at + "[" + word + "].id";
              String value = Optional.ofNullable(aliases.get(word)).map(id).orElse("");
              if (value.isEmpty()) {
                fields.missing(field, "set the id, code or key that the account knows it by");
              }
              id(field, value);
            });
  }

  private void range(String field, @Nullable Integer value, int max) {
    fields.whole(Rule.QUANTITY_RANGE, field, value == null ? null : value.longValue(), 1, max, 1);
  }

  private void duration(String field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return;
    }
    Optional<Duration> duration =
        text.length() > Formats.DURATION_LENGTH ? Optional.empty() : Durations.parse(text);
    if (duration.isEmpty()) {
      fields.report(Rule.DURATION_FORMAT, field, text, "is no duration");
    } else if (duration.get().isZero()) {
      fields.report(Rule.DURATION_POSITIVE, field, text, "is zero");
    }
  }
}
