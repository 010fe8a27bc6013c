package dev.planwright.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmulatorServerTest {
  @Test
  void aRequestReachesTheHandlerAsSentAndItsAnswerComesBack()
      throws IOException, InterruptedException {
    List<EmulatorRequest> seen = new ArrayList<>();
    EmulatorHandler handler =
        request -> {
          seen.add(request);
          return EmulatorResponse.text(201, "made").withHeader("X-Total-Count", "7");
        };
    try (EmulatorServer server = new EmulatorServer(handler);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(server.uri() + "/a%2Fb/c+d/?q=x%20y&q=z&n"))
                  .header("X-Thing", "v")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"price\":0.12345678901234567890}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.body()).isEqualTo("made");
      assertThat(answer.headers().firstValue("x-total-count")).hasValue("7");
    }
    EmulatorRequest request = seen.getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/a%2Fb/c+d/?q=x%20y&q=z&n");
    assertThat(request.path()).isEqualTo("/a/b/c+d/");
    assertThat(request.segments()).containsExactly("a/b", "c+d", "");
    assertThat(request.query()).isEqualTo(Map.of("q", List.of("x y", "z"), "n", List.of("")));
    assertThat(request.query("q")).hasValue("z");
    assertThat(request.header("x-THING")).hasValue("v");
    assertThat(request.json().orElseThrow().get("price").decimalValue())
        .isEqualByComparingTo("0.12345678901234567890");
  }

  @Test
  void aDefectOfTheEmulatorIsReportedOnCloseAndNotTakenForAnAnswer()
      throws IOException, InterruptedException {
    EmulatorServer server =
        new EmulatorServer(
            request -> {
              throw new IllegalArgumentException("defect");
            });
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(server.uri().resolve("/")).build(),
          HttpResponse.BodyHandlers.discarding());
    }
    assertThatThrownBy(server::close)
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("defect");
  }
}
