package dev.planwright.cli.validate;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Check;
import dev.planwright.backend.Provider;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.Verdict;
import dev.planwright.backend.client.UrlPolicy;
import dev.planwright.catalog.BackendCompiler;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Compilation;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.cli.validate.Note.Severity;
import dev.planwright.controller.BackendCheck;
import dev.planwright.controller.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The BillingBackends that were given, and the kind that is assumed where none was. */
final class Backends {
  private static final Comparator<ObjectKey> BY_NAME =
      Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

  private final Map<String, ProviderFactory> providers;
  private final boolean allowHttp;
  private final Optional<AssumedBackend> assumed;
  private final Findings findings;
  private final Map<ObjectKey, Given> given = new TreeMap<>(BY_NAME);
  private final Map<ObjectKey, Provider<?>> usable = new HashMap<>();
  private final Map<ObjectKey, Needs> needs = new TreeMap<>(BY_NAME);

  Backends(
      Map<String, ProviderFactory> providers,
      boolean allowHttp,
      Optional<AssumedBackend> assumed,
      Findings findings) {
    this.providers = providers;
    this.allowHttp = allowHttp;
    this.assumed = assumed;
    this.findings = findings;
  }

  /** Takes a BillingBackend, and says what is wrong with it. */
  void take(Given one, BillingBackend backend) {
    given.put(one.key(), one);
    // The rules first, for their names; then what its provider minds.
    List<Compilation.Finding> ofRules =
        BackendCompiler.check(backend, url -> UrlPolicy.problem(url, allowHttp));
    findings.compiler(ofRules);
    List<Violation> said = ofRules.stream().map(Compilation.Finding::violation).toList();
    switch (BackendCheck.check(backend, providers, allowHttp)) {
      case BackendCheck.Fine fine ->
          usable.put(one.key(), AssumedBackend.open(fine.factory(), fine.config()));
      case BackendCheck.Wrong wrong ->
          wrong.violations().stream()
              .filter(violation -> !said.contains(violation))
              .forEach(violation -> findings.violation(Severity.ERROR, violation, wrong.reason()));
    }
  }

  /** The spec that a Plan is compiled with. */
  BillingBackendSpec spec(ObjectKey backend) {
    Given one = given.get(backend);
    return one != null && one.object() instanceof BillingBackend found
        ? found.getSpec()
        : BillingBackendSpec.EMPTY;
  }

  /** Says what the backend of a Plan cannot say of it. */
  void check(Given plan, ObjectKey backend, CatalogPlan compiled, Policies policies) {
    needs.computeIfAbsent(backend, key -> new Needs()).add(compiled);
    if (given.containsKey(backend)) {
      Provider<?> provider = usable.get(backend);
      if (provider != null) {
        Verdict verdict = Check.of(provider, compiled, policies, AccountFacts.unknown());
        inexpressible(Severity.ERROR, verdict.violations());
        verdict.warnings().forEach(warning -> findings.warning(plan, warning));
      }
      return;
    }
    assumed.ifPresent(
        any -> {
          AssumedBackend.Opinion opinion = any.of(compiled, policies);
          inexpressible(Severity.ERROR, opinion.wrong());
          for (Violation violation : opinion.depends()) {
            findings.violation(
                Severity.OFFLINE,
                new Violation(
                    violation.object(),
                    violation.field(),
                    violation.value(),
                    "depends on the settings of the BillingBackend, which was not given ("
                        + violation.problem()
                        + ")",
                    violation.instead()),
                Reason.NOT_EXPRESSIBLE);
          }
          opinion.warnings().forEach(warning -> findings.warning(plan, warning));
        });
  }

  private void inexpressible(Severity severity, List<Violation> violations) {
    violations.forEach(one -> findings.violation(severity, one, Reason.NOT_EXPRESSIBLE));
  }

  /** Whether a Plan's backend is one that was given. */
  void checkReference(Given plan, ObjectKey backend) {
    if (given.containsKey(backend)) {
      return;
    }
    if (given.isEmpty() || assumed.isPresent()) {
      needs.computeIfAbsent(backend, key -> new Needs());
      return;
    }
    findings.violation(
        Severity.ERROR,
        new Violation(
            plan.title(),
            "spec.backendRef",
            backend.name(),
            "no BillingBackend " + backend + " is among what was given",
            "mend the name, give the BillingBackend too, or say --backend PROVIDER for those that"
                + " are elsewhere"),
        Reason.BACKEND_NOT_READY);
  }

  /** Says what nobody but the cluster and the account can know. */
  void sayWhatCannotBeTold() {
    Map<ObjectKey, Needs> all = new TreeMap<>(BY_NAME);
    all.putAll(needs);
    given.keySet().forEach(key -> all.putIfAbsent(key, new Needs()));
    all.forEach(this::sayWhatCannotBeTold);
  }

  private void sayWhatCannotBeTold(ObjectKey backend, Needs words) {
    Given one = given.get(backend);
    List<String> unknown = new ArrayList<>();
    if (one == null) {
      if (assumed.isPresent()) {
        unknown.add("its settings, since it was not given");
      } else if (given.isEmpty()) {
        unknown.add(
            "what its billing system can express, since it was not given (give it too, or say"
                + " --backend PROVIDER)");
      } else {
        return;
      }
    }
    unknown.add("whether its Secret holds a key that opens the account");
    words.inWords().ifPresent(unknown::add);
    unknown.add("what the account itself allows, and what is there already");
    findings.offline(
        one == null ? Place.NOWHERE : one.place(),
        "BillingBackend " + backend,
        "",
        String.join("; ", unknown));
  }

  /** Whether two Plans are certain to be sold through one account. */
  boolean isSameAccount(ObjectKey one, ObjectKey other) {
    if (one.equals(other)) {
      return true;
    }
    BillingBackendSpec mine = spec(one);
    BillingBackendSpec theirs = spec(other);
    // The same Secret, in the same namespace: the same key opens the same account.
    return one.namespace().equals(other.namespace())
        && mine.provider() != null
        && mine.ownerId().equals(theirs.ownerId())
        && mine.provider().equals(theirs.provider());
  }
}
