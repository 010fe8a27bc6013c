package dev.planwright.backend.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.BackendException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides what an answer is: something for the provider, or nothing usable. */
final class AnswerReader {
  // Prices are read from here: a float on the way would be a wrong price.
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .reader();

  private final String call;
  private final Redactor redactor;

  /**
   * @param call how messages begin: {@code BillingBackend billing/main: plans.create}
   */
  AnswerReader(String call, Redactor redactor) {
    this.call = call;
    this.redactor = redactor;
  }

  /**
   * The answer for the provider.
   *
   * @throws BackendException for everything but 2xx and 4xx, 401 and 429 excepted
   */
  ApiResponse read(TransportReply reply, Instant now) {
    int status = reply.status();
    if (status == 401) {
      throw failure(
          Kind.UNAUTHORIZED,
          "the key was refused (401)" + said(reply) + "; put a valid key into the Secret",
          Optional.empty());
    }
    if (status == 429) {
      Optional<Duration> asked = RetryAfter.of(reply, now);
      throw failure(
          Kind.RATE_LIMITED,
          "the backend asked for fewer calls (429"
              + asked.map(time -> ", again in " + Excerpt.seconds(time) + " s").orElse("")
              + ")"
              + said(reply)
              + "; it is tried again by itself, more slowly",
          asked);
    }
    if (status >= 500 && status < 600) {
      throw failure(
          Kind.SERVER_ERROR,
          "the backend failed with status "
              + status
              + said(reply)
              + "; it is tried again by itself, after a look at what was done",
          RetryAfter.of(reply, now));
    }
    if ((status >= 200 && status < 300) || (status >= 400 && status < 500)) {
      return response(reply);
    }
    if (status >= 300 && status < 400) {
      throw nonsense("answered a redirect to " + target(reply) + "; redirects are never followed");
    }
    throw nonsense("answered with status " + status + ", which HTTP does not know");
  }

  private ApiResponse response(TransportReply reply) {
    if (reply.truncated()) {
      throw nonsense(
          "answered "
              + reply.status()
              + " with more than "
              + reply.body().length
              + " bytes, which is no catalogue"
              + Excerpt.requestId(reply));
    }
    String text = Excerpt.text(reply);
    if (text.isBlank()) {
      return new ApiResponse(reply.status(), reply.headers(), MissingNode.getInstance());
    }
    if (reply.status() < 300) {
      if (Excerpt.isHtml(reply, text)) {
        throw nonsense("answered " + reply.status() + " with HTML instead of JSON" + said(reply));
      }
      return new ApiResponse(reply.status(), reply.headers(), success(reply, text));
    }
    return new ApiResponse(reply.status(), reply.headers(), refusal(reply, redactor.clean(text)));
  }

  private JsonNode success(TransportReply reply, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // Jackson's own message quotes the body and the source; where it broke is enough.
      throw nonsense(
          "answered "
              + reply.status()
              + " with invalid JSON (at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ")"
              + said(reply));
    }
  }

  /** A refusal is often plain text, or a proxy's page: its words are kept, its form is not. */
  private JsonNode refusal(TransportReply reply, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(Excerpt.line(redactor.clean(Excerpt.of(reply))));
    }
  }

  private String said(TransportReply reply) {
    String text = Excerpt.of(reply);
    return (text.isEmpty() ? "" : ": " + text) + Excerpt.requestId(reply);
  }

  /** The host only: what follows it may hold a token. */
  private static String target(TransportReply reply) {
    String location = reply.header("location").orElse("");
    if (location.isBlank()) {
      return "nowhere";
    }
    try {
      String host = URI.create(location).getHost();
      return host == null ? "another path of the same host" : host;
    } catch (IllegalArgumentException e) {
      return "something that is not a URL";
    }
  }

  private BackendException nonsense(String what) {
    return failure(
        Kind.NONSENSE,
        what + "; check the url of the BillingBackend and any proxy in between",
        Optional.empty());
  }

  BackendException failure(Kind kind, String what, Optional<Duration> retryAfter) {
    return new BackendException(kind, redactor.clean(call + ": " + what), retryAfter);
  }
}
