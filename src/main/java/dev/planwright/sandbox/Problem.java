package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** A refusal: becomes an RFC 9457 problem document. Thrown, so that the transaction rolls back. */
final class Problem extends RuntimeException {
  private static final String TYPE = "urn:planwright:problem:";

  /** The kinds of refusal of the protocol, with status and title. */
  enum Kind {
    BAD_REQUEST(400, "The request cannot be read"),
    UNAUTHORIZED(401, "No valid API key"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "That cannot be done here"),
    SUBSCRIBERS(409, "Somebody has this plan"),
    OWNER(409, "The plan has another owner"),
    PRECONDITION_FAILED(412, "Not the version that was expected"),
    TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is not JSON"),
    INVALID(422, "The content is not valid"),
    PRECONDITION_REQUIRED(428, "If-Match or If-None-Match is needed"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL(500, "The server failed"),
    UNAVAILABLE(503, "The server is not available");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    int status() {
      return status;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Kind kind;
  private final transient List<FieldError> errors;
  private final int subscribers;

  private Problem(Kind kind, String detail, List<FieldError> errors, int subscribers) {
    super(detail, null, false, false);
    this.kind = kind;
    this.errors = errors;
    this.subscribers = subscribers;
  }

  static Problem of(Kind kind, String detail) {
    return new Problem(kind, detail, List.of(), 0);
  }

  static Problem invalid(List<FieldError> errors) {
    FieldError first = errors.getFirst();
    String more = errors.size() == 1 ? "" : ", and " + (errors.size() - 1) + " more";
    String where = first.field().isEmpty() ? "" : first.field() + " ";
    return new Problem(Kind.INVALID, where + first.message() + more, errors, 0);
  }

  static Problem subscribers(int count, String detail) {
    return new Problem(Kind.SUBSCRIBERS, detail, List.of(), count);
  }

  Kind kind() {
    return kind;
  }

  OptionalInt subscribers() {
    return subscribers == 0 ? OptionalInt.empty() : OptionalInt.of(subscribers);
  }

  ObjectNode body(String requestId) {
    ObjectNode body = Json.object();
    body.put("type", TYPE + kind.code());
    body.put("title", kind.title);
    body.put("status", kind.status);
    body.put("detail", String.valueOf(getMessage()));
    body.put("requestId", requestId);
    subscribers().ifPresent(count -> body.put("subscribers", count));
    if (!errors.isEmpty()) {
      errors.forEach(error -> body.withArray("errors").add(error.json()));
    }
    return body;
  }
}
