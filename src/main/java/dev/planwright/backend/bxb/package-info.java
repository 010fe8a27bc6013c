/**
 * bxb (BoxBilling): one plan is one object with a base fee and usage charges; commitments,
 * thresholds, entitlements and taxes hang beside it.
 */
@NullMarked
package dev.planwright.backend.bxb;

import org.jspecify.annotations.NullMarked;
