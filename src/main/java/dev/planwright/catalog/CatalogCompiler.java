package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.BackendRef;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Formats;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanSpec;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.Rule;
import dev.planwright.catalog.Compilation.Compiled;
import dev.planwright.catalog.Compilation.Finding;
import dev.planwright.catalog.Compilation.Invalid;
import dev.planwright.catalog.Compilation.Waiting;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a Plan and its Prices into what a backend has to be brought to, or into everything that is
 * wrong with them. Pure and total: no call, and no exception whatever the manifests say.
 *
 * <p>The product that a BillingBackend gives as a default is not put in here: it counts when a plan
 * is created and never again, and only who creates knows that.
 */
public final class CatalogCompiler {
  /** The BillingBackend of a Plan that names none. */
  public static final String DEFAULT_BACKEND = "default";

  private static final Pattern KEY = Pattern.compile(Formats.KEY);

  private final PlanLookup lookup;

  /**
   * A compiler.
   *
   * @param lookup finds the Plans that a Plan names
   */
  public CatalogCompiler(PlanLookup lookup) {
    this.lookup = lookup;
  }

  /** The identity of a Plan on its account, whether or not it is a valid one. */
  public static String key(Plan plan) {
    String key = plan.getSpec().key();
    return key == null ? namespace(plan) + "." + name(plan) : key;
  }

  /** The name of the BillingBackend that a Plan is sold through, in its own namespace. */
  public static String backend(Plan plan) {
    BackendRef ref = plan.getSpec().backendRef();
    return ref == null || ref.name().isEmpty() ? DEFAULT_BACKEND : ref.name();
  }

  /** What may be done for a Plan: also for one that is not valid, or is being deleted. */
  public static Policies policies(Plan plan, BillingBackendSpec backend) {
    return CompilerWords.policies(plan.getSpec(), backend);
  }

  /** What the spec of a Plan says that this version does not know; empty for nothing. */
  public static List<Violation> unknown(Plan plan) {
    List<Finding> findings = new ArrayList<>();
    boolean any = new CompilerFields("Plan " + path(plan), findings).unknown(plan.unknown());
    return any ? findings.stream().map(Finding::violation).toList() : List.of();
  }

  /** Everything that is wrong with a Price alone: for one whose Plan does not exist. */
  public static List<Finding> check(Price price) {
    List<Finding> findings = new ArrayList<>();
    price(price, findings);
    return List.copyOf(findings);
  }

  /**
   * Compiles a Plan.
   *
   * @param plan the Plan
   * @param prices the Prices whose {@code planRef} names it and that are not being deleted
   * @param backend the spec of its BillingBackend, or {@link BillingBackendSpec#EMPTY} to learn
   *     what is wrong with the Plan while there is none
   */
  public Compilation compile(Plan plan, List<Price> prices, BillingBackendSpec backend) {
    List<Finding> findings = new ArrayList<>();
    String namespace = namespace(plan);
    CompilerFields fields = new CompilerFields("Plan " + path(plan), findings);
    if (fields.unknown(plan.unknown())) {
      validPrices(prices, findings);
      return new Invalid(findings);
    }
    unchanged(plan, fields);
    Identity identity = new Identity(backend.ownerId(), checkedKey(plan, fields));
    CatalogPlan alone =
        new PlanCompiler(plan.getSpec(), fields).compile(identity, namespace, name(plan));
    PlanReferences references = new PlanReferences(namespace, name(plan), plan, lookup, fields);
    CatalogPlan related = withReferences(alone, references.parent(), references.addOns());
    CatalogPlan whole = related.withPrices(validPrices(prices, findings));
    List<String> missing = missingPrices(plan.getSpec(), prices);
    PlanPrices together = new PlanPrices(whole, object -> new CompilerFields(object, findings));
    together.check(prices.size(), missing.isEmpty());

    if (!findings.isEmpty()) {
      return new Invalid(findings);
    }
    Policies policies = policies(plan, backend);
    if (!references.missing().isEmpty()) {
      return new Waiting(policies, Reason.PLAN_NOT_FOUND, references.missing());
    }
    if (!missing.isEmpty() || lacksAnyPrice(whole)) {
      return new Waiting(policies, Reason.WAITING_FOR_PRICES, missing);
    }
    boolean complete = !plan.getSpec().requiredPrices().isEmpty();
    return new Compiled(whole, policies, together.warnings(), complete);
  }

  private static List<CatalogPrice> validPrices(List<Price> prices, List<Finding> findings) {
    List<CatalogPrice> valid = new ArrayList<>();
    for (Price price : prices) {
      int before = findings.size();
      CatalogPrice compiled = price(price, findings);
      if (findings.size() == before) {
        valid.add(compiled);
      }
    }
    return valid;
  }

  private static CatalogPrice price(Price price, List<Finding> findings) {
    ObjectMeta meta = metadata(price);
    Long generation = meta.getGeneration();
    CompilerFields fields = new CompilerFields("Price " + path(price), findings);
    // What is not understood says nothing about the rest: no further mistake is looked for.
    boolean understood = !fields.unknown(price.unknown());
    return new PriceCompiler(
            price.getSpec(),
            understood ? fields : new CompilerFields("Price " + path(price), new ArrayList<>()))
        .compile(
            name(price),
            meta.getUid() == null ? "" : meta.getUid(),
            generation == null ? 0 : generation);
  }

  private static String checkedKey(Plan plan, CompilerFields fields) {
    String key = key(plan);
    if (!CompilerFields.matches(KEY, key, Formats.KEY_LENGTH)) {
      boolean isDefault = plan.getSpec().key() == null;
      fields.report(
          Rule.KEY_FORMAT,
          "spec.key",
          key,
          (isDefault ? "is the default, and " : "") + CompilerFields.unfit(key, Formats.KEY_LENGTH),
          isDefault
              ? "set spec.key to a shorter one before the Plan is created"
              : "a valid one " + Rule.KEY_FORMAT.sentence());
    }
    return key;
  }

  /**
   * The API server holds these against the object before; here they are held against what status
   * says was done, for servers without the schema and for Plans that were deleted and made anew.
   */
  private static void unchanged(Plan plan, CompilerFields fields) {
    BackendRef ref = plan.getSpec().backendRef();
    if (ref != null) {
      fields.name("spec.backendRef.name", ref.name());
    }
    PlanStatus status = plan.getStatus();
    changed(fields, Rule.KEY_IMMUTABLE, "spec.key", status.key(), key(plan));
    changed(fields, Rule.BACKEND_REF_IMMUTABLE, "spec.backendRef", status.backend(), backend(plan));
    String externalId = plan.getSpec().externalId();
    if (externalId != null && !externalId.isEmpty()) {
      changed(
          fields,
          Rule.EXTERNAL_ID_MATCHES_STATUS,
          "spec.externalId",
          status.externalId(),
          externalId);
    }
  }

  private static void changed(
      CompilerFields fields, Rule rule, String field, @Nullable String before, String now) {
    if (before != null && !before.isEmpty() && !before.equals(now)) {
      fields.report(
          rule,
          field,
          now,
          "was \"" + before + "\" and cannot change",
          "put \"" + before + "\" back, or make a new Plan");
    }
  }

  private static CatalogPlan withReferences(
      CatalogPlan plan, Optional<String> parent, List<String> addOns) {
    return new CatalogPlan(
        plan.identity(),
        plan.namespace(),
        plan.name(),
        plan.externalId(),
        plan.displayName(),
        plan.invoiceDisplayName(),
        plan.description(),
        plan.imageUrl(),
        plan.type(),
        plan.pricing(),
        plan.lifecycle(),
        plan.product(),
        parent,
        addOns,
        plan.defaultPrice(),
        plan.trial(),
        plan.entitlements(),
        plan.creditGrants(),
        plan.minimumCommitments(),
        plan.usageThresholds(),
        plan.tax(),
        plan.metadata(),
        plan.prices());
  }

  /** Prices that the Plan names and that are not there, in their order. */
  private static List<String> missingPrices(PlanSpec spec, List<Price> prices) {
    Set<String> there = prices.stream().map(CatalogCompiler::name).collect(Collectors.toSet());
    Set<String> named = new TreeSet<>(spec.requiredPrices());
    String defaultPrice = spec.defaultPrice();
    if (defaultPrice != null && !defaultPrice.isEmpty()) {
      named.add(defaultPrice);
    }
    return named.stream().filter(name -> !there.contains(name)).toList();
  }

  /** What is archived is sold to nobody, and needs no price for it. */
  private static boolean lacksAnyPrice(CatalogPlan plan) {
    return plan.pricing() == CatalogPlan.Pricing.PAID
        && plan.lifecycle() == CatalogPlan.Lifecycle.ACTIVE
        && plan.prices().isEmpty();
  }

  /** {@code namespace/name}, for messages. */
  static String path(HasMetadata object) {
    return namespace(object) + "/" + name(object);
  }

  private static String namespace(HasMetadata object) {
    String namespace = metadata(object).getNamespace();
    return namespace == null ? "" : namespace;
  }

  private static String name(HasMetadata object) {
    String name = metadata(object).getName();
    return name == null ? "" : name;
  }

  private static ObjectMeta metadata(HasMetadata object) {
    return object.getMetadata() == null ? new ObjectMeta() : object.getMetadata();
  }
}
