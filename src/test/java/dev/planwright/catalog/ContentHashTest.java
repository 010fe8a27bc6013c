package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/content-hash.txt");
  private static final Map<String, String> MEANING =
      Map.of("chargeAmountUnit", "Minor", "alias.metrics.api-calls", "bm_5f");

  /** What status rows need and the backend never sees. */
  private static final List<String> NO_CONTENT = List.of(".uid", ".generation");

  @Test
  void everyChangeOfContentChangesTheHashAndNoTwoChangesCollide() {
    CatalogPlan plan = SamplePlans.full();
    Map<String, Object> byForm = new HashMap<>();
    byForm.put(ContentHash.canonical(plan, MEANING), plan);
    int changes = 0;
    for (Mutations.Mutation mutation : Mutations.ofContent(plan)) {
      CatalogPlan changed = (CatalogPlan) mutation.changed();
      if (changed.equals(plan) || isNoContent(mutation.path())) {
        continue;
      }
      changes++;
      assertThat(ContentHash.of(changed, MEANING))
          .as(mutation.path())
          .isNotEqualTo(ContentHash.of(plan, MEANING));
      Object other = byForm.put(ContentHash.canonical(changed, MEANING), changed);
      assertThat(other == null || other.equals(changed)).as(mutation.path()).isTrue();
    }

    assertThat(changes).isGreaterThan(200);
  }

  @Test
  void uidAndGenerationAreNoContent() {
    CatalogPlan plan = SamplePlans.full();
    List<Mutations.Mutation> mutations =
        Mutations.ofContent(plan).stream().filter(m -> isNoContent(m.path())).toList();

    assertThat(mutations).hasSizeGreaterThanOrEqualTo(plan.prices().size() * 2);
    assertThat(mutations)
        .allSatisfy(
            mutation ->
                assertThat(ContentHash.of((CatalogPlan) mutation.changed(), MEANING))
                    .as(mutation.path())
                    .isEqualTo(ContentHash.of(plan, MEANING)));
  }

  @Test
  void howADecimalIsWrittenChangesNothing() {
    CatalogPlan plan = SamplePlans.full();
    List<Mutations.Mutation> spellings = Mutations.ofSpelling(plan);

    assertThat(spellings).hasSizeGreaterThan(25);
    assertThat(spellings)
        .allSatisfy(
            mutation ->
                assertThat(ContentHash.of((CatalogPlan) mutation.changed(), MEANING))
                    .as(mutation.path())
                    .isEqualTo(ContentHash.of(plan, MEANING)));
  }

  @Test
  void theOrderInWhichPricesArriveChangesNothing() {
    CatalogPlan plan = SamplePlans.full();

    assertThat(ContentHash.of(plan.withPrices(plan.prices().reversed()), MEANING))
        .isEqualTo(ContentHash.of(plan, MEANING));
  }

  @Test
  void aChangedSettingOfTheBackendChangesTheHash() {
    CatalogPlan plan = SamplePlans.minimal();

    assertThat(
            List.of(
                ContentHash.of(plan, Map.of()),
                ContentHash.of(plan, Map.of("unit", "Minor")),
                ContentHash.of(plan, Map.of("unit", "Major")),
                ContentHash.of(plan, Map.of("unit", "")),
                ContentHash.of(plan, Map.of("unit", "Minor", "product", "a"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void noTextCanPassForStructure() {
    CatalogPlan plan = SamplePlans.minimal();

    assertThat(ContentHash.of(withMetadata(plan, Map.of("a", "1\",\"b\":\"2")), Map.of()))
        .isNotEqualTo(ContentHash.of(withMetadata(plan, Map.of("a", "1", "b", "2")), Map.of()));
    assertThat(ContentHash.of(withMetadata(plan, Map.of("a", "\\\"")), Map.of()))
        .isNotEqualTo(ContentHash.of(withMetadata(plan, Map.of("a", "\"")), Map.of()));
    assertThat(ContentHash.of(withMetadata(plan, Map.of("a", "\ud800")), Map.of()))
        .isNotEqualTo(ContentHash.of(withMetadata(plan, Map.of("a", "?")), Map.of()));
    assertThat(ContentHash.of(withMetadata(plan, Map.of("a", "\u00fc")), Map.of()))
        .isNotEqualTo(ContentHash.of(withMetadata(plan, Map.of("a", "\\u00fc")), Map.of()));
  }

  @Test
  void whatIsAbsentIsLeftOut() {
    String form = ContentHash.canonical(SamplePlans.minimal(), Map.of());

    assertThat(form)
        .isEqualTo(
            "{\"owner\":\"shop-prod\",\"key\":\"shop.team\",\"namespace\":\"shop\",\"name\":\"team\","
                + "\"displayName\":\"Team\",\"type\":\"PLAN\",\"pricing\":\"PAID\",\"lifecycle\":\"ACTIVE\","
                + "\"prices\":[{\"name\":\"team-monthly\",\"currency\":\"USD\","
                + "\"recurring\":{\"unit\":\"MONTH\",\"count\":\"1\"},\"billing\":\"IN_ADVANCE\","
                + "\"flat\":{\"amount\":\"49\"}}]}");
  }

  /** A change here sends every plan of every user to its backend once: never by accident. */
  @Test
  void theFormIsFrozen() throws IOException {
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("minimal", ContentHash.of(SamplePlans.minimal(), Map.of()));
    hashes.put("minimal-with-meaning", ContentHash.of(SamplePlans.minimal(), MEANING));
    hashes.put("full", ContentHash.of(SamplePlans.full(), MEANING));
    hashes.put("full-form", ContentHash.canonical(SamplePlans.full(), MEANING));
    StringBuilder text = new StringBuilder();
    hashes.forEach((name, hash) -> text.append(name).append(' ').append(hash).append('\n'));
    if (Boolean.getBoolean("planwright.update")) {
      Files.writeString(GOLDEN, text);
    }

    assertThat(text.toString()).isEqualTo(Files.readString(GOLDEN));
  }

  private static boolean isNoContent(String path) {
    return NO_CONTENT.stream().anyMatch(field -> path.contains(field + "="));
  }

  private static CatalogPlan withMetadata(CatalogPlan plan, Map<String, String> metadata) {
    return new CatalogPlan(
        plan.identity(),
        plan.namespace(),
        plan.name(),
        Optional.empty(),
        plan.displayName(),
        "",
        "",
        "",
        plan.type(),
        plan.pricing(),
        plan.lifecycle(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        metadata,
        plan.prices());
  }
}
