package dev.planwright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A manifest of a newer schema is read as far as it goes, and says what was not understood. */
class ReadingTest {
  private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

  private static final String PRICE =
      """
      {"apiVersion":"planwright.dev/v1alpha1","kind":"Price",
       "metadata":{"name":"monthly","namespace":"shop"},
       "spec":{"planRef":{"name":"team"},"currency":"USD","recurring":{"interval":"Month"},
               "flat":{"amount":"49.00"} %s},
       "status":{"observedGeneration":3 %s}}
      """;

  static Stream<Arguments> parts() {
    return Stream.of(
        Arguments.of(", \"billing\":\"WhenDue\"", "spec.billing", "WhenDue"),
        Arguments.of(", \"rounding\":{\"to\":\"5\"}", "spec.rounding", ""),
        Arguments.of(", \"free\":{}", "spec.free", ""),
        Arguments.of(", \"free\":\"\"", "spec.free", ""),
        Arguments.of(", \"free\":false", "spec.free", "false"),
        Arguments.of(", \"trialDays\":\"a week\"", "spec.trialDays", "a week"),
        Arguments.of(", \"trialDays\":1.5", "spec.trialDays", "1.5"),
        Arguments.of(", \"countries\":\"all\"", "spec.countries", "all"),
        Arguments.of(", \"metadata\":[1]", "spec.metadata", ""),
        Arguments.of(
            ", \"perUnit\":{\"metric\":\"m\",\"amount\":\"1\",\"filters\":[{\"key\":\"k\",\"not\":1}]}",
            "spec.perUnit.filters[0].not",
            "1"));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void whatIsNotKnownIsSaidAndTheRestIsRead(String more, String field, String value) {
    Price price = price(more, "");

    assertThat(price.unknown()).extracting(Unknown::field).containsExactly(field);
    assertThat(price.unknown().getFirst().value()).isEqualTo(value);
    assertThat(price.getSpec().currency()).isEqualTo("USD");
    assertThat(price.copy().unknown()).isEqualTo(price.unknown());
  }

  @Test
  void aWordThatIsNotKnownComesWithThoseThatAre() {
    assertThat(price(", \"billing\":\"WhenDue\"", "").unknown().getFirst())
        .isEqualTo(
            new Unknown(
                "spec.billing", "WhenDue", Unknown.Kind.VALUE, List.of("InAdvance", "InArrears")));
  }

  @Test
  void aNumberThatNoFieldHoldsMakesTheSpecUnreadableAndNotTheList() {
    Price price = price(", \"trialDays\":99999999999999", "");
    assertThat(price.unknown()).hasSize(1);
    assertThat(price.unknown().getFirst().field()).startsWith("spec");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 49.00",
    "', \"externalId\":null, \"nickname\":\"\", \"countries\":[], \"metadata\":{}', 49.00",
    "', \"unheardOf\":null', 49.00"
  })
  void whatIsAbsentOrEmptyIsKnown(String more, String amount) {
    Price price = price(more, "");
    assertThat(price.unknown()).isEmpty();
    assertThat(Objects.requireNonNull(price.getSpec().flat()).amount()).isEqualTo(amount);
  }

  @Test
  void noDigitOfANumberIsLost() {
    String text =
        PRICE.formatted("", "").replace("\"49.00\"", "123456789012345678.12345678901234567890");
    Price price = KUBERNETES.unmarshal(text, Price.class);
    assertThat(Objects.requireNonNull(price.getSpec().flat()).amount())
        .isEqualTo("123456789012345678.12345678901234567890");
  }

  @Test
  void listsAndWatchesReadTheSame() {
    String text = PRICE.formatted(", \"billing\":\"WhenDue\"", "");
    KubernetesResource watched =
        KUBERNETES
                    .unmarshal("{\"type\":\"ADDED\",\"object\":" + text + "}", WatchEvent.class)
                    .getObject()
                instanceof KubernetesResource object
            ? object
            : null;
    Object read =
        watched instanceof Price ? watched : KUBERNETES.convertValue(watched, Price.class);
    assertThat(((Price) read).unknown()).hasSize(1);
  }

  @Test
  void aWordOfANewerStatusReadsAsNoneAndTheIdsStay() {
    Price price = price("", ", \"externalId\":\"price_1\", \"shade\":\"dark\"");
    assertThat(price.getStatus().externalId()).isEqualTo("price_1");
    assertThat(price.unknown()).isEmpty();

    Plan plan =
        KUBERNETES.unmarshal(
            """
            {"apiVersion":"planwright.dev/v1alpha1","kind":"Plan","metadata":{"name":"team"},
             "spec":{"displayName":"Team"},
             "status":{"externalId":"plan_1",
                       "prices":[{"name":"monthly","externalId":"p","state":"Frozen"}]}}
            """,
            Plan.class);
    assertThat(plan.getStatus().externalId()).isEqualTo("plan_1");
    assertThat(plan.getStatus().prices().getFirst().externalId()).isEqualTo("p");
    assertThat(plan.getStatus().prices().getFirst().state()).isNull();
  }

  @Test
  void theStatusOfAnObjectThatNobodyLookedAtIsNone() {
    for (CustomResource<?, ?> none : List.of(new Plan(), new Price(), new BillingBackend())) {
      String read =
          """
          {"apiVersion":"planwright.dev/v1alpha1","kind":"%s","metadata":{"name":"team"},
           "status":{"observedGeneration":-1}}
          """
              .formatted(none.getKind());
      assertThat(KUBERNETES.unmarshal(read, none.getClass()).getStatus())
          .isEqualTo(none.getStatus());
    }
  }

  @Test
  void aStatusThatCannotBeReadIsNotTakenForAnEmptyOne() {
    assertThatThrownBy(() -> price("", ", \"observedGeneration\":99999999999999999999999"))
        .hasStackTraceContaining("out of range");
  }

  private static Price price(String spec, String status) {
    return KUBERNETES.unmarshal(PRICE.formatted(spec, status), Price.class);
  }
}
