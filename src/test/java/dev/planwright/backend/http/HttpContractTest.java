package dev.planwright.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.testing.OpenApiContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The judge that every request of {@link SandboxAccount} passes can say no. */
class HttpContractTest {
  private static final String PLAN =
      """
      {"owner":"shop-prod","displayName":"T","type":"Plan","pricing":"Paid","lifecycle":"Active","prices":[
       {"name":"a","currency":"USD","recurring":{"interval":"Month"},"flat":{"amount":"49.00"}}]}""";

  private final OpenApiContract protocol = SandboxAccount.protocol();

  @Test
  void aPlanOfTheProtocolIsAllowed() {
    assertThat(put("/plans/team?existingSubscribers=keep", PLAN)).isEmpty();
  }

  @Test
  void whatTheProtocolDoesNotKnowIsAFault() {
    assertThat(put("/plans/team", PLAN.replace("\"type\"", "\"colour\":\"red\",\"type\"")))
        .singleElement()
        .asString()
        .contains("colour");
    assertThat(put("/plans/team", PLAN.replace("\"amount\"", "\"per\":\"1\",\"amount\"")))
        .isNotEmpty();
    assertThat(put("/plans/team", PLAN.replace("\"49.00\"", "49.00"))).isNotEmpty();
    assertThat(put("/plans/team?existingSubscribers=maybe", PLAN)).isNotEmpty();
    assertThat(put("/plans/team?colour=red", PLAN)).isNotEmpty();
    assertThat(put("/plan/team", PLAN)).isNotEmpty();
    assertThat(protocol.faults("PATCH", "/plans/team", Optional.empty())).isNotEmpty();
    assertThat(protocol.faults("PUT", "/plans/team", Optional.empty())).isNotEmpty();
    assertThat(protocol.faults("GET", "/metrics?limit=many", Optional.empty())).isNotEmpty();
  }

  private List<String> put(String target, String body) {
    return protocol.faults("PUT", target, Optional.of(SandboxAccount.parse(body)));
  }
}
