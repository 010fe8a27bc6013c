package dev.planwright.matrix;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.ProviderFactory;
import java.time.InstantSource;
import java.util.List;

/**
 * One backend as the matrix drives it. A new backend is one implementation and one line in {@link
 * Backends}.
 */
interface BackendUnderTest {
  /** Name of the report file. */
  String name();

  /** An account with everything that the sample plans refer to, and no plan. */
  Server fresh(InstantSource clock);

  ProviderFactory factory();

  AccountConfig config();

  /** The key that the account is opened with. */
  String key();

  List<Scenario> scenarios();

  /**
   * Whether a create sent twice can make two, so that the journal has to be written first and a new
   * leader waits out the request timeout.
   */
  default boolean isJournaled() {
    return false;
  }

  /**
   * Whether the account itself tells what is ours. Where it does, no status, however old or lost,
   * may end in a refusal.
   */
  default boolean isMarked() {
    return true;
  }

  /** Whether the backend tells how many people pay for a plan that is on sale. */
  default boolean countsSubscribers() {
    return true;
  }

  /**
   * Whether this object is an open draft. Where only status tells who opened a draft that nobody
   * wrote to yet, a lost status may leave it to people, and nothing else.
   */
  default boolean isOpenDraft(String object) {
    return false;
  }
}
