package dev.planwright.backend.admission;

/** Why a Plan wants its account, best first. */
public enum Lane {
  /** A person changed something and watches. */
  EDIT,
  /** A person deleted something; a namespace may hang on it. */
  DELETION,
  /** It failed before. */
  RETRY,
  /** The sweep found a difference. */
  DRIFT
}
