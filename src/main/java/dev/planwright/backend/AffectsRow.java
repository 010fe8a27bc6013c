package dev.planwright.backend;

import dev.planwright.catalog.Policies.ExistingSubscribers;

/**
 * One row of a backend's table of whom its steps touch: the data that its planner decides by, for
 * the documentation and for the tests of the guards.
 *
 * @param what the field or the kind of step, in the provider's own words
 * @param underKeep whom it touches when people who pay keep what they have
 * @param underMigrate whom it touches when they are moved along
 * @param why for people
 */
public record AffectsRow(String what, Affects underKeep, Affects underMigrate, String why) {
  /** Whom it touches under a policy. */
  public Affects under(ExistingSubscribers policy) {
    return switch (policy) {
      case KEEP -> underKeep;
      case MIGRATE -> underMigrate;
    };
  }
}
