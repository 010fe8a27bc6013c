package dev.planwright.backend.noderails;

import static dev.planwright.backend.noderails.Shop.MONTH;
import static dev.planwright.backend.noderails.Shop.YEAR;
import static dev.planwright.backend.noderails.Shop.flat;
import static dev.planwright.backend.noderails.Shop.team;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Removal;
import dev.planwright.backend.Subscribers;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.emulator.noderails.NodeRailsEmulator;
import dev.planwright.emulator.noderails.Switch;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the answer to each open question is: the plan gets there, and nobody is cut off. */
class NodeRailsSwitchesTest {
  private static Shop shop(String monthly) {
    Shop shop =
        team()
            .with(
                flat("team-monthly", monthly, "USD", MONTH),
                flat("team-yearly", "490.90", "USD", YEAR));
    shop.tax = Optional.of(new CatalogPlan.Tax("VAT", Optional.empty(), Optional.empty()));
    shop.defaultPrice = Optional.of("team-monthly");
    return shop;
  }

  @ParameterizedTest
  @EnumSource(Switch.class)
  void aWholeLifeIsTheSameUnderEitherAnswer(Switch question) {
    for (boolean on : new boolean[] {false, true}) {
      Bench bench = new Bench();
      bench.controls().set(question, on);
      bench
          .controls()
          .makeTaxRate(NodeRailsEmulator.MERCHANT, "VAT", new BigDecimal("20.50"), false);

      bench.sync(shop("49.90").plan());
      String subscription =
          bench.controls().addSubscription(bench.priceId("team-monthly", 1), "CREATED");
      assertThat(bench.provider.subscribers(bench.world(shop("49.90").plan())))
          .isEqualTo(new Subscribers.Known(1));
      bench.sync(shop("59.90").plan());
      assertThat(bench.remote("team-monthly", 1).path("isActive").asBoolean()).isTrue();
      bench.controls().setStatus(subscription, "CANCELLED");
      bench.sync(shop("59.90").plan());
      assertThat(bench.remote("team-monthly", 1).path("isActive").asBoolean()).isFalse();

      Shop edited = shop("59.90");
      edited.description = "";
      edited.metadata = Map.of("tier", "gold");
      bench.sync(edited.plan());
      bench.sync(edited.plan(), Bench.MIGRATE);
      edited.tax = Optional.empty();
      edited.metadata = Map.of();
      bench.sync(edited.plan());
      bench.externalId = Optional.empty();
      assertThat(bench.plan(edited.plan())).isEmpty();

      Removal removal =
          bench.provider.removal(Policies.Deletion.ARCHIVE, bench.world(edited.plan()));
      bench.execute(((Removal.Steps) removal).steps());
      assertThat(bench.remote().path("isActive").asBoolean()).isFalse();
      assertThat(bench.controls().counts().plans()).isEqualTo(1);
    }
  }

  @Test
  void theTableOfOpenQuestionsNamesEverySwitch() throws Exception {
    String page = Files.readString(Path.of("docs", "backends", "noderails.md"));
    for (Switch question : Switch.values()) {
      assertThat(page).contains("`" + question.name() + "`");
    }
  }

  @Test
  void theTableOfStepsIsTheOneThatTheCodeDecidesBy() throws Exception {
    String page = Files.readString(Path.of("docs", "backends", "noderails.md"));
    new NodeRailsProviderFactory()
        .affects()
        .forEach(it -> assertThat(page).contains("| " + it.what() + " |"));
  }
}
