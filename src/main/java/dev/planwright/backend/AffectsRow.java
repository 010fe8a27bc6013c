package dev.planwright.backend;

/**
 * One row of a backend's table of whom its steps touch: the data that its planner decides by, for
 * the documentation and for the tests of the guards.
 *
 * @param what the field or the kind of step, in the provider's own words
 * @param underKeep whom it touches when people who pay keep what they have
 * @param underMigrate whom it touches when they are moved along
 * @param why for people
 */
public record AffectsRow(String what, Affects underKeep, Affects underMigrate, String why) {}
