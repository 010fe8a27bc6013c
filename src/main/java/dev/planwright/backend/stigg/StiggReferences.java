package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.PriceModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What plans refer to, read once for many plans: people make it, and it rarely changes. What is not
 * found is asked for again; nothing read is believed for longer than a minute.
 */
final class StiggReferences {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final StiggReader reader;
  private final StiggSettings settings;
  private final InstantSource clock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, StiggWorld.Feature> features = new HashMap<>();
  private final Set<String> currencies = new HashSet<>();
  private final Map<String, String> products = new HashMap<>();
  private final Map<String, Pack> archived = new HashMap<>();
  private final Set<String> archivedListed = new HashSet<>();
  private Instant readAt = Instant.MIN;

  StiggReferences(StiggReader reader, StiggSettings settings, InstantSource clock) {
    this.reader = reader;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What a plan refers to.
   *
   * @param missing what the account lacks
   */
  record Found(
      SortedMap<String, StiggWorld.Feature> features,
      boolean archivedProduct,
      List<MissingReference> missing) {}

  Found of(Optional<CatalogPlan> desired) {
    if (desired.isEmpty()) {
      return new Found(new TreeMap<>(), false, List.of());
    }
    lock.lock();
    try {
      forgetWhatIsOld();
      CatalogPlan plan = desired.get();
      List<MissingReference> missing = new ArrayList<>();
      SortedMap<String, StiggWorld.Feature> found = features(plan, missing);
      credits(plan, missing);
      String status = product(plan, missing);
      related(plan, missing);
      return new Found(found, status.equals("ARCHIVED"), List.copyOf(missing));
    } finally {
      lock.unlock();
    }
  }

  private void forgetWhatIsOld() {
    Instant now = clock.instant();
    if (readAt.equals(Instant.MIN) || readAt.plus(FRESH).isBefore(now)) {
      features.clear();
      currencies.clear();
      products.clear();
      archived.clear();
      archivedListed.clear();
      readAt = now;
    }
  }

  private SortedMap<String, StiggWorld.Feature> features(
      CatalogPlan plan, List<MissingReference> missing) {
    Map<String, MissingReference> wanted = new LinkedHashMap<>();
    for (CatalogPrice price : plan.prices()) {
      String field = "prices." + price.name() + "." + price.model().field();
      price
          .model()
          .metricName()
          .ifPresent(word -> want(wanted, "metric", word, settings.metric(word), field));
      if (price.model() instanceof PriceModel.Overage(String feature, var amount)) {
        want(wanted, "feature", feature, settings.feature(feature), field);
      }
    }
    for (Entitlement it : plan.entitlements()) {
      String field = "entitlements." + it.feature();
      want(wanted, "feature", it.feature(), settings.feature(it.feature()), field);
    }
    for (String id : wanted.keySet()) {
      if (!features.containsKey(id)) {
        reader.readIfAny(StiggCalls.feature(id)).ifPresent(this::learn);
      }
    }
    TreeMap<String, StiggWorld.Feature> found = new TreeMap<>();
    for (Map.Entry<String, MissingReference> it : wanted.entrySet()) {
      StiggWorld.Feature feature = features.get(it.getKey());
      if (feature == null) {
        missing.add(it.getValue());
      } else {
        found.put(it.getKey(), feature);
      }
    }
    return found;
  }

  private static void want(
      Map<String, MissingReference> wanted, String kind, String word, String id, String field) {
    wanted.putIfAbsent(id, new MissingReference(kind, word, id, field));
  }

  private void learn(JsonNode node) {
    List<String> values = new ArrayList<>();
    node.path("enumConfiguration").forEach(it -> values.add(Words.text(it.path("value"))));
    String id = Pack.required(node, "id");
    features.put(
        id,
        new StiggWorld.Feature(
            id,
            Words.text(node.path("featureType")),
            Words.text(node.path("meterType")),
            Words.text(node.path("featureStatus")),
            values));
  }

  private void credits(CatalogPlan plan, List<MissingReference> missing) {
    List<String> wanted =
        plan.creditGrants().stream().map(CatalogPlan.CreditGrant::credit).distinct().toList();
    if (!currencies.containsAll(wanted)) {
      reader
          .all("currencies.list", StiggCalls.CURRENCIES + "?status=ACTIVE")
          .forEach(it -> currencies.add(Words.text(it.path("id"))));
    }
    for (String id : wanted) {
      if (!currencies.contains(id)) {
        missing.add(new MissingReference("credit", id, id, "creditGrants." + id));
      }
    }
  }

  /** The status of the product that the plan is to be made under. */
  private String product(CatalogPlan plan, List<MissingReference> missing) {
    Optional<String> id = settings.product(plan);
    if (id.isEmpty()) {
      return "";
    }
    if (!products.containsKey(id.get())) {
      reader
          .all("products.list", StiggCalls.PRODUCTS + "?id=" + StiggCalls.segment(id.get()))
          .forEach(it -> products.put(Pack.required(it, "id"), Words.text(it.path("status"))));
    }
    String status = products.get(id.get());
    if (status == null) {
      String word = plan.product().orElse(id.get());
      missing.add(new MissingReference("product", word, id.get(), "product"));
      return "";
    }
    return status;
  }

  private void related(CatalogPlan plan, List<MissingReference> missing) {
    plan.parentPlan()
        .filter(it -> reader.readIfAny(new StiggCalls(false).read(it)).isEmpty())
        .ifPresent(it -> missing.add(new MissingReference("plan", it, it, "parentPlanRef")));
    SortedMap<String, String> abroad = abroad(plan);
    for (String addOn : plan.compatibleAddOns()) {
      Optional<Pack> there = reader.readIfAny(new StiggCalls(true).read(addOn)).map(Pack::parse);
      if (there.isEmpty()) {
        missing.add(new MissingReference("add-on", addOn, addOn, "compatibleAddOns"));
      } else if (!abroad.isEmpty() && there.get().pricing().equals("PAID")) {
        localized(there.get(), abroad, missing);
      }
    }
  }

  /** Countries that pay a plan in another currency than everybody else, and which. */
  private SortedMap<String, String> abroad(CatalogPlan plan) {
    List<Row> rows =
        new PriceRows(plan, settings).all().stream().map(PriceRows.Wanted::row).toList();
    Set<String> everywhere = new HashSet<>();
    TreeMap<String, String> abroad = new TreeMap<>();
    for (Row row : rows) {
      String currency = row.terms().getOrDefault(Row.CURRENCY, "");
      if (row.country().isEmpty()) {
        everywhere.add(currency);
      } else {
        abroad.put(row.country(), currency);
      }
    }
    abroad.values().removeIf(everywhere::contains);
    return abroad;
  }

  /**
   * Stigg wants an add-on's prices for a country published before those of the plan: else somebody
   * there would pay the two in different currencies. While a draft of the add-on is open, what is
   * published of it may not show.
   */
  private void localized(
      Pack addOn, SortedMap<String, String> abroad, List<MissingReference> missing) {
    StiggCalls calls = new StiggCalls(true);
    boolean drafted =
        addOn.status() != Pack.Status.PUBLISHED
            || reader.all("addons.list", calls.collection() + "?status=DRAFT").stream()
                .anyMatch(it -> Words.text(it.path("id")).equals(addOn.id()));
    if (drafted) {
      String what = addOn.id() + " with no draft open";
      missing.add(new MissingReference("add-on", what, addOn.id(), "compatibleAddOns"));
      return;
    }
    List<Row> rows = new StiggContent(reader, calls).of(addOn, StiggWorld.State.PUBLISHED).rows();
    abroad.forEach(
        (country, currency) -> {
          Optional<Row> own = rows.stream().filter(it -> it.country().equals(country)).findFirst();
          boolean paid =
              own.or(() -> rows.stream().filter(it -> it.country().isEmpty()).findFirst())
                  .filter(it -> it.terms().getOrDefault(Row.CURRENCY, "").equals(currency))
                  .isPresent();
          if (!paid) {
            String what = addOn.id() + " with a published price in " + currency + " for " + country;
            missing.add(new MissingReference("add-on", what, addOn.id(), "compatibleAddOns"));
          }
        });
  }

  /** A plan that a read by id does not show because it is archived. */
  Optional<Pack> archived(StiggCalls calls, String id) {
    lock.lock();
    try {
      forgetWhatIsOld();
      if (archivedListed.add(calls.noun())) {
        reader
            .all(calls.noun() + ".list", calls.collection() + "?status=ARCHIVED")
            .forEach(
                it -> {
                  Pack pack = Pack.parse(it);
                  if (pack.status() == Pack.Status.ARCHIVED) {
                    archived.put(calls.noun() + " " + pack.id(), pack);
                  }
                });
      }
      return Optional.ofNullable(archived.get(calls.noun() + " " + id));
    } finally {
      lock.unlock();
    }
  }
}
