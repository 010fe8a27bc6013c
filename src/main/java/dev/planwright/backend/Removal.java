package dev.planwright.backend;

import java.util.List;

/** How a plan is archived or deleted on a backend. */
public sealed interface Removal {
  /** The steps, in order; empty when it is done already. */
  record Steps(List<Step> steps) implements Removal {}

  /** The backend has no such thing. */
  record Impossible(String why, String instead) implements Removal {}
}
