package dev.planwright.emulator.paygentic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaygenticVersionsTest {
  private final PaygenticShop shop = PaygenticShop.open();
  private final PaygenticCalls api = shop.api();
  private final PaygenticControls controls = shop.controls();
  private final String old = shop.flat("49");
  private final String plan = shop.plan(old);
  private final String versions = "/v0/plans/" + plan + "/versions";

  private JsonNode replace(String replaced, String with) {
    return api.made(
        versions,
        "{'replacePrices':[{'replacesPriceId':'%s','withPriceId':'%s'}]}"
            .formatted(replaced, with));
  }

  private String unitPrice(String price) {
    return api.read("/v0/prices/" + price).path("properties").path("unitPrice").asText();
  }

  @Test
  void aMintWithStableIdsKeepsTheOldIdWithTheNewValue() {
    String made = shop.flat("59");
    JsonNode version = replace(old, made);
    assertThat(PaygenticCalls.ids(version.path("prices"))).containsExactly(old);
    assertThat(version.path("isDefault").asBoolean()).isTrue();
    assertThat(version.path("versionNumber").asInt()).isEqualTo(2);
    assertThat(shop.pricesOf(plan)).containsExactly(old);
    assertThat(unitPrice(old)).isEqualTo("59");
    JsonNode first = api.read(versions + "/1").path("prices").path(0);
    assertThat(first.path("id").asText()).isNotIn(old, made);
    assertThat(first.path("properties").path("unitPrice").asText()).isEqualTo("49");
    assertThat(controls.orphanPrices()).containsExactly(made);
    assertThat(shop.pays(plan)).isEqualByComparingTo("59");
  }

  @Test
  void aMintWithoutStableIdsListsThePriceThatWasMade() {
    api.patch("/v0/plans/" + plan, "{'stablePriceIds':false}");
    String made = shop.flat("59");
    replace(old, made);
    assertThat(shop.pricesOf(plan)).containsExactly(made);
    assertThat(unitPrice(old)).isEqualTo("49");
    assertThat(PaygenticCalls.ids(api.read(versions + "/1").path("prices"))).containsExactly(old);
    assertThat(controls.orphanPrices()).isEmpty();
  }

  @Test
  void aMintRepricesEverybodyFromTheNextPeriod() {
    String subscriber = controls.addSubscriber(plan);
    replace(old, shop.flat("59"));
    assertThat(shop.subscriberPays(subscriber)).isEqualByComparingTo("49");
    controls.nextPeriod(subscriber);
    assertThat(shop.subscriberPays(subscriber)).isEqualByComparingTo("59");
    JsonNode shown = api.read("/v0/subscriptions/" + subscriber);
    assertThat(shown.path("versionNumber").asInt()).as("that of the beginning").isEqualTo(1);
  }

  @Test
  void aRollbackRepricesEverybodyTooAndIsIdempotent() {
    String subscriber = controls.addSubscriber(plan);
    replace(old, shop.flat("59"));
    JsonNode back = api.patch(versions + "/1", "{'default':true}");
    assertThat(back.path("isDefault").asBoolean()).isTrue();
    assertThat(api.patch(versions + "/1", "{'default':true}")).isEqualTo(back);
    controls.raise(PaygenticDoubt.OLD_VERSION_IS_ARCHIVED);
    assertThat(api.patch(versions + "/1", "{'default':true}")).isEqualTo(back);
    controls.nextPeriod(subscriber);
    assertThat(shop.subscriberPays(subscriber)).isEqualByComparingTo("49");
    assertThat(api.read(versions + "/2").path("isDefault").asBoolean()).isFalse();
  }

  @Test
  void aMintAddsAndRemoves() {
    String usage = shop.usage("1");
    api.made(versions, "{'addPrices':['%s'],'removePrices':['%s']}".formatted(usage, old));
    assertThat(shop.pricesOf(plan)).containsExactly(usage);
    assertThat(api.read("/v0/plans/" + plan).path("defaultVersionId").asText())
        .isEqualTo(api.read(versions + "/2").path("id").asText());
    assertThat(api.read(versions + "/2").path("basedOnVersionId").asText())
        .isEqualTo(api.read(versions + "/1").path("id").asText());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400",
        "{'addPrices':[]} | 400",
        "{'removePrices':['OLD']} | 400",
        "{'addPrices':['OTHER'],'note':'x'} | 400",
        "{'addPrices':['price_unknown']} | 400",
        "{'addPrices':['OLD']} | 409",
        "{'removePrices':['OTHER']} | 409",
        "{'replacePrices':[{'replacesPriceId':'OTHER','withPriceId':'OTHER'}]} | 409",
        "{'replacePrices':[{'replacesPriceId':'OLD'}]} | 400",
        "{'replacePrices':[{'replacesPriceId':'OLD','withPriceId':'OTHER','x':1}]} | 400",
        "{'addPrices':'OTHER'} | 400",
        "{'addPrices':['OTHER']} | 201"
      })
  void aMintIsChecked(String body, int status) {
    String other = shop.flat("59");
    String whole = body.replace("OLD", old).replace("OTHER", other);
    assertThat(api.status("POST", versions, whole)).isEqualTo(status);
    assertThat(controls.counts().versions()).isEqualTo(status == 201 ? 2 : 1);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400",
        "{'default':false} | 400",
        "{'default':true,'status':'draft'} | 400",
        "{'default':true} | 409"
      })
  void aTransitionIsChecked(String body, int status) {
    replace(old, shop.flat("59"));
    controls.editVersion(plan, 1, "draft");
    assertThat(api.status("PATCH", versions + "/1", body)).isEqualTo(status);
    assertThat(api.status("PATCH", versions + "/9", body)).isEqualTo(404);
  }

  @Test
  void aVersionCountsThoseWhoBeganWithIt() {
    controls.addSubscriber(plan);
    controls.addSubscriber(plan, "pending_payment");
    controls.addSubscriber(plan, "terminated");
    replace(old, shop.flat("59"));
    controls.addSubscriber(plan);
    JsonNode list = api.read(versions);
    assertThat(list.path("object").asText()).isEqualTo("list");
    assertThat(list.path("data").findValuesAsText("subscriptionCount"))
        .isEqualTo(List.of("1", "2"));
    assertThat(list.path("data").path(0).has("prices")).isFalse();
  }

  @Test
  void aPricesOwnChangeReachesTheNextPeriodButItsTermTheCurrentOne() {
    String subscriber = controls.addSubscriber(plan);
    api.patch("/v0/prices/" + old, "{'properties':{'unitPrice':'59'},'paymentTerm':'in_arrears'}");
    assertThat(shop.subscriberPays(subscriber)).isEqualByComparingTo("49");
    assertThat(
            shop.emulator().subscriberPays(subscriber, Map.of()).lines().getFirst().paymentTerm())
        .isEqualTo("in_arrears");
    assertThat(shop.pays(plan)).isEqualByComparingTo("59");
    controls.nextPeriod(subscriber);
    assertThat(shop.subscriberPays(subscriber)).isEqualByComparingTo("59");
    assertThat(controls.counts().versions()).isEqualTo(1);
  }

  @Test
  void someFieldsOfAPriceAreBlockedWhileSomebodySubscribesOrIsAboutTo() {
    String yearly = "{'billingCadence':'P1Y'}";
    String subscriber = controls.addSubscriber(plan, "pending_payment");
    assertThat(api.status("PATCH", "/v0/prices/" + old, yearly)).isEqualTo(400);
    assertThat(api.status("PATCH", "/v0/prices/" + old, "{'billingCadence':'P1M'}")).isEqualTo(200);
    controls.removeSubscriber(subscriber);
    assertThat(api.status("PATCH", "/v0/prices/" + old, yearly)).isEqualTo(200);
  }

  @Test
  void subscriptionsAreMadeListedAndTerminated() {
    String body =
        "{'planId':'%s','name':'S','startedAt':'2026-01-01T00:00:00Z','customer':{}}"
            .formatted(plan);
    String id = api.make("/v0/subscriptions", body);
    String active = "/v0/subscriptions?status=active&merchantId=" + shop.merchant();
    assertThat(PaygenticCalls.ids(api.read(active).path("data"))).containsExactly(id);
    String end = "/v0/subscriptions/" + id + "/termination";
    assertThat(api.status("POST", end, "{'reason':''}")).isEqualTo(400);
    assertThat(api.status("POST", end, "{'reason':'r'}")).isEqualTo(200);
    assertThat(api.status("POST", end, "{'reason':'r'}")).isEqualTo(409);
    assertThat(api.read(active).path("data")).isEmpty();
    assertThat(api.status("POST", "/v0/subscriptions", body.replace(plan, "plan_x")))
        .isEqualTo(404);
  }
}
