/**
 * Brings one plan of one account to what is wanted, and remembers enough to survive a crash at any
 * point: find, plan, guard, journal, execute, read back.
 */
@NullMarked
package dev.planwright.sync;

import org.jspecify.annotations.NullMarked;
