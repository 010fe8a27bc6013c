package dev.planwright.backend.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest(name = "{0}: {1} is {2} ms")
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after       | 7                             | 7000",
        "retry-after       | 0                             | 0",
        "retry-after       | 1.2                           | 2000",
        "retry-after       | Sun, 01 Mar 2026 12:00:30 GMT | 30000",
        "retry-after       | Sun, 01 Mar 2026 11:00:00 GMT | 0",
        "retry-after       | 99999999                      | 3600000",
        "retry-after-ms    | 1500                          | 1500",
        "x-ratelimit-reset | 20                            | 20000",
        "x-ratelimit-reset | 1772366410                    | 10000",
        "x-ratelimit-reset | 1772366410500                 | 10500",
        "ratelimit-reset   | 3                             | 3000",
      })
  void isReadAs(String header, String value, long millis) {
    assertThat(RetryAfter.of(reply(Map.of(header, value)), NOW))
        .contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after, soon",
    "retry-after, -5",
    "x-ratelimit-reset, 2026-03-01",
    "x-other, 5"
  })
  void saysNothingReadable(String header, String value) {
    assertThat(RetryAfter.of(reply(Map.of(header, value)), NOW)).isEmpty();
  }

  @Test
  void anUnreadableHeaderLeavesTheWordToTheNext() {
    assertThat(RetryAfter.of(reply(Map.of("retry-after", "soon", "x-ratelimit-reset", "4")), NOW))
        .contains(Duration.ofSeconds(4));
  }

  @Test
  void aDateIsMeasuredFromTheServersOwnDateSoThatAWrongClockOfOursDoesNotMatter() {
    Map<String, String> headers = new HashMap<>();
    headers.put("date", "Sun, 01 Mar 2026 15:00:00 GMT");
    headers.put("retry-after", "Sun, 01 Mar 2026 15:00:12 GMT");

    assertThat(RetryAfter.of(reply(headers), NOW)).contains(Duration.ofSeconds(12));
  }

  private static TransportReply reply(Map<String, String> headers) {
    return new TransportReply(429, headers, new byte[0]);
  }
}
