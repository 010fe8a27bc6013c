package dev.planwright.backend.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What operators read in the log: one line per write, and nothing secret. */
class CallLogTest {
  private static final String KEY = "sk_live_0123456789abcdef";

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LogManager.getLogger(AccountClient.class);
  private final AbstractAppender appender =
      new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
          lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
        }
      };
  private final ManualClock clock = new ManualClock();
  private Transport wire =
      (call, timeout) -> {
        clock.advance(Duration.ofMillis(12));
        return new TransportReply(201, Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
      };

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.TRACE);
    MDC.put(AccountClient.MDC_PLAN, "shop/pro");
    MDC.put(AccountClient.MDC_STEP, "create plan pro");
  }

  @AfterEach
  void forget() {
    logger.removeAppender(appender);
    MDC.clear();
  }

  @Test
  void aWriteIsOneLineWithPlanStepStatusAndDuration() {
    client().send(write());
    assertThat(lines)
        .containsExactly(
            "INFO backend=billing/main plan=shop/pro step=create plan pro operation=plans.create"
                + " status=201 ms=12");
  }

  @Test
  void aWriteWithoutAnAnswerIsALineToo() {
    wire =
        (call, timeout) -> {
          throw new TransportException(true, "reset");
        };
    assertThatThrownBy(() -> client().send(write())).isInstanceOf(BackendException.class);
    assertThat(lines).hasSize(1).first().asString().contains("status=NO_ANSWER");
  }

  @Test
  void aReadIsNoLine() {
    client().send(ApiRequest.get("plans.get", "/v1/plans/pro"));
    assertThat(lines).isEmpty();
  }

  @Test
  void neitherKeyNorContentIsLogged() {
    client().send(write());
    assertThat(lines).noneMatch(line -> line.contains(KEY) || line.contains("secret content"));
  }

  private static ApiRequest write() {
    return ApiRequest.of(
        "plans.create",
        "POST",
        "/v1/plans/",
        JsonNodeFactory.instance.objectNode().put("name", "secret content"));
  }

  private AccountClient client() {
    return new AccountClient(
        new AccountClient.Account(
            "billing/main",
            "https://api.example.com",
            () -> KEY,
            key -> Map.of("Authorization", "Bearer " + key),
            Duration.ofSeconds(30)),
        new AccountClient.Shared(
            wire,
            new AccountRate(new Limits(10, 4, Duration.ofSeconds(30)), clock, clock),
            new AccountBreaker("billing/main", clock),
            CallGate.OPEN,
            CallObserver.NONE,
            clock));
  }
}
