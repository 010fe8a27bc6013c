package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.Handles;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What status remembers between runs, besides the plan's id. All of it may be lost or old. */
final class StiggHandles {
  /** {@code plan} or {@code addon}: where to look when the manifest is gone. */
  static final String KIND = "kind";

  /** Hash of what was published when we looked last: what a draft begins with. */
  static final String BASE = "base";

  /** Number of the draft that we opened, until it is published. */
  static final String DRAFT = "draft";

  /** Id of a plan whose draft got all its entitlements, and what they were for. */
  static final String GRANTED = "granted";

  /** The seal of what is being published, and when that was asked for. */
  static final String PUBLISH = "publish";

  private StiggHandles() {}

  /** A publish that was asked for. */
  record Publishing(String seal, Instant asked) {}

  static Handles opened(Handles handles, JsonNode draft) {
    return handles.without(GRANTED).with(DRAFT, Pack.number(draft));
  }

  static Handles filled(Handles handles) {
    return handles.without(GRANTED);
  }

  static Handles granted(Handles handles, String id, String target) {
    return handles.with(GRANTED, id + " " + target);
  }

  static boolean granted(Handles handles, String target) {
    return handles.get(GRANTED).filter(it -> it.endsWith(" " + target)).isPresent();
  }

  static Handles publishing(Handles handles, String seal, Instant now) {
    return handles.without(DRAFT).with(PUBLISH, Hash.of(seal, 16) + "@" + now);
  }

  static Optional<Publishing> publishing(Handles handles) {
    String text = handles.get(PUBLISH).orElse("");
    int at = text.indexOf('@');
    try {
      return at < 0
          ? Optional.empty()
          : Optional.of(
              new Publishing(text.substring(0, at), Instant.parse(text.substring(at + 1))));
    } catch (DateTimeParseException unreadable) {
      return Optional.empty(); // then it is looked for anew, which is safe
    }
  }

  /** Whether this version bears the seal of what is being published. */
  static boolean bears(Pack pack, Publishing publishing) {
    return Hash.of(pack.metadata().getOrDefault(Mark.SEAL, ""), 16).equals(publishing.seal());
  }
}
