/**
 * Paygentic: plans, versions, prices, fees, metrics and features are objects of their own.
 *
 * <p>No object but the feature has a key, so that our mark stands in the description of plans and
 * fees, and every create is journaled.
 */
@NullMarked
package dev.planwright.backend.paygentic;

import org.jspecify.annotations.NullMarked;
