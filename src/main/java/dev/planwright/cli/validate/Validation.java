package dev.planwright.cli.validate;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.LocalRef;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanSpec;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.catalog.Compilation;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.cli.validate.Note.Severity;
import dev.planwright.controller.ObjectKey;
import dev.planwright.controller.References;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Holds manifests against everything that is known without a cluster: their schema, the rules of
 * the compiler, what they name among each other, and what their billing system can express. No call
 * is made.
 */
final class Validation {
  /** What to say where nothing was given that could be wrong. */
  static final String IDLE =
      "nothing was checked: no Plan, Price or BillingBackend is among what was given";

  private final Findings findings = new Findings();
  private final Intake intake;
  private final Backends backends;
  private final Map<ObjectKey, Plan> plans = new HashMap<>();
  private final Map<ObjectKey, List<Price>> pricesByPlan = new HashMap<>();
  private int files;

  /**
   * What to assume.
   *
   * @param namespace of objects that name none
   * @param provider the kind of billing system of Plans whose BillingBackend is not given
   * @param allowHttp whether the operator runs with {@code --allow-http}
   */
  record Settings(String namespace, Optional<String> provider, boolean allowHttp) {}

  /**
   * A validation of nothing yet.
   *
   * @param providers by the name of the provider's block; has the one of the settings
   */
  Validation(Settings settings, Map<String, ProviderFactory> providers) {
    Schemas schemas = Schemas.load();
    Optional<AssumedBackend> assumed =
        settings
            .provider()
            .map(
                name ->
                    new AssumedBackend(
                        Optional.ofNullable(providers.get(name)).orElseThrow(),
                        schemas
                            .of("BillingBackend")
                            .orElseThrow()
                            .property("provider")
                            .property(name)));
    this.intake = new Intake(schemas, settings.namespace(), findings);
    this.backends = new Backends(providers, settings.allowHttp(), assumed, findings);
  }

  /** Takes a file; everything is looked at when all were taken. */
  void take(GivenFile file) {
    files++;
    intake.take(file);
  }

  /** Takes the news that something cannot be read at all. */
  void unusable(Note note) {
    findings.add(note);
  }

  /** Looks at everything. */
  Result result() {
    List<Given> objects = intake.objects();
    for (Given given : objects) {
      switch (given.object()) {
        case BillingBackend backend -> backends.take(given, backend);
        case Plan plan -> plans.put(given.key(), plan);
        case Price price ->
            pricesByPlan
                .computeIfAbsent(References.planOf(price), key -> new ArrayList<>())
                .add(price);
        default -> throw new IllegalStateException(given.title());
      }
    }
    for (Given given : objects) {
      switch (given.object()) {
        case Plan plan -> plan(given, plan);
        case Price price -> orphan(given, price);
        default -> {
          // A BillingBackend was looked at when it was taken.
        }
      }
    }
    keys(objects);
    backends.sayWhatCannotBeTold();
    return new Result(findings.all(), counts(objects), origins(objects), files, intake.others());
  }

  private static Map<String, String> origins(List<Given> objects) {
    Map<String, String> origins = new HashMap<>();
    for (Given given : objects) {
      Origin.of(given).ifPresent(path -> origins.put(given.title(), path));
    }
    return origins;
  }

  private static Map<String, Integer> counts(List<Given> objects) {
    Map<String, Integer> counts = new TreeMap<>();
    objects.forEach(given -> counts.merge(given.kind(), 1, Integer::sum));
    return counts;
  }

  private void plan(Given given, Plan plan) {
    ObjectKey backend = References.backendOf(plan);
    backends.checkReference(given, backend);
    CatalogCompiler compiler =
        new CatalogCompiler(
            (namespace, name) -> Optional.ofNullable(plans.get(new ObjectKey(namespace, name))));
    List<Price> prices = pricesByPlan.getOrDefault(given.key(), List.of());
    switch (compiler.compile(plan, prices, backends.spec(backend))) {
      case Compilation.Invalid invalid -> findings.compiler(invalid.findings());
      case Compilation.Waiting waiting -> waiting(given, plan.getSpec(), waiting);
      case Compilation.Compiled compiled -> {
        compiled.warnings().forEach(warning -> findings.warning(given, warning));
        backends.check(given, backend, compiled.plan(), compiled.policies());
      }
    }
  }

  /** What it waits for is not given: in a cluster it would wait for ever. */
  private void waiting(Given given, PlanSpec spec, Compilation.Waiting waiting) {
    if (waiting.missing().isEmpty()) {
      findings.violation(
          Severity.ERROR,
          new Violation(
              given.title(),
              "spec.requiredPrices",
              "",
              "the plan is Paid, and no Price that was given names it",
              "give a Price whose spec.planRef names it, or set spec.pricing to Free or Custom"),
          waiting.reason());
    }
    String kind = waiting.reason() == Reason.PLAN_NOT_FOUND ? "Plan" : "Price";
    for (String name : waiting.missing()) {
      String field = naming(spec, name);
      boolean elsewhere = kind.equals("Price") && intake.find(kind, at(given, name)).isPresent();
      findings.violation(
          Severity.ERROR,
          new Violation(
              given.title(),
              field,
              name,
              elsewhere
                  ? "the Price of that name belongs to another Plan"
                  : "no such " + kind + " is among what was given",
              elsewhere
                  ? "mend the name, or the spec.planRef of the Price"
                  : "give it too, or mend the name"),
          waiting.reason());
    }
  }

  private static ObjectKey at(Given given, String name) {
    return new ObjectKey(given.key().namespace(), name);
  }

  /** The field of a Plan in which the name of another object stands. */
  private static String naming(PlanSpec spec, String name) {
    int required = spec.requiredPrices().indexOf(name);
    if (required >= 0) {
      return "spec.requiredPrices[" + required + "]";
    }
    if (name.equals(spec.defaultPrice())) {
      return "spec.defaultPrice";
    }
    List<String> addOns = spec.compatibleAddOns().stream().map(LocalRef::name).toList();
    return addOns.contains(name)
        ? "spec.compatibleAddOns[" + addOns.indexOf(name) + "].name"
        : "spec.parentPlanRef.name";
  }

  /** A Price whose Plan is not there is looked at by itself. */
  private void orphan(Given given, Price price) {
    ObjectKey plan = References.planOf(price);
    if (plans.containsKey(plan)) {
      return;
    }
    findings.compiler(CatalogCompiler.check(price));
    if (!plan.name().isEmpty()) {
      findings.violation(
          Severity.ERROR,
          new Violation(
              given.title(),
              "spec.planRef.name",
              plan.name(),
              "no Plan " + plan + " is among what was given",
              "give it too, or mend the name"),
          Reason.PLAN_NOT_FOUND);
    }
  }

  /** Two Plans of one key on one account. */
  private void keys(List<Given> objects) {
    Map<String, List<Given>> byKey = new LinkedHashMap<>();
    for (Given given : objects) {
      if (given.object() instanceof Plan plan) {
        List<Given> before =
            byKey.computeIfAbsent(References.keyOf(plan), key -> new ArrayList<>());
        before.stream()
            .filter(
                other ->
                    backends.isSameAccount(
                        References.backendOf((Plan) other.object()), References.backendOf(plan)))
            .findFirst()
            .ifPresent(other -> conflict(given, plan, other));
        before.add(given);
      }
    }
  }

  private void conflict(Given given, Plan plan, Given other) {
    findings.violation(
        Severity.ERROR,
        new Violation(
            given.title(),
            "spec.key",
            References.keyOf(plan),
            "this key of the account is held by " + other.title() + " (" + other.place() + ")",
            Reason.KEY_CONFLICT.whatToDo()),
        Reason.KEY_CONFLICT);
  }

  /**
   * What came of it.
   *
   * @param notes everything there is to say, in the order of files and lines
   * @param objects how many objects there were, by kind
   * @param origins the files that objects of standard input were made from, by the object's title
   * @param files how many files were read
   * @param others how many documents of other kinds were left alone
   */
  record Result(
      List<Note> notes,
      Map<String, Integer> objects,
      Map<String, String> origins,
      int files,
      int others) {
    Result {
      notes = List.copyOf(notes);
      origins = Map.copyOf(origins);
    }

    /** Whether there was nothing to hold against anything. */
    boolean isIdle() {
      return objects.isEmpty() && count(Severity.UNUSABLE) == 0 && count(Severity.ERROR) == 0;
    }

    Result with(Note note) {
      return new Result(
          Stream.concat(Stream.of(note), notes.stream()).toList(), objects, origins, files, others);
    }

    long count(Severity severity) {
      return notes.stream().filter(note -> note.severity() == severity).count();
    }

    /** 0 valid, 1 invalid, 2 unusable input. */
    int exitCode() {
      if (count(Severity.UNUSABLE) > 0) {
        return 2;
      }
      return count(Severity.ERROR) > 0 ? 1 : 0;
    }

    /** One line. */
    String summary() {
      int all = objects.values().stream().mapToInt(Integer::intValue).sum();
      List<String> kinds = new ArrayList<>();
      objects.forEach((kind, count) -> kinds.add(plural(count, kind)));
      List<String> found = new ArrayList<>();
      counted(found, Severity.UNUSABLE, "unusable part", "unusable parts");
      counted(found, Severity.ERROR, "error", "errors");
      counted(found, Severity.WARNING, "warning", "warnings");
      counted(found, Severity.OFFLINE, "cannot be told offline", "cannot be told offline");
      return plural(all, "object")
          + (all == 0 ? "" : " (" + String.join(", ", kinds) + ")")
          + " in "
          + plural(files, "file")
          + ": "
          + (found.isEmpty() ? "nothing to say" : String.join(", ", found))
          + (others == 0 ? "" : "; " + plural(others, "document") + " of other kinds ignored");
    }

    private void counted(List<String> found, Severity severity, String one, String many) {
      long count = count(severity);
      if (count > 0) {
        found.add(count + " " + (count == 1 ? one : many));
      }
    }

    private static String plural(int count, String noun) {
      return count + " " + noun + (count == 1 ? "" : "s");
    }
  }
}
