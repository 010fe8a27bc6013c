/**
 * Schematic: plans of an account, their versions and prices in one environment.
 *
 * <p>Schematic holds neither a key nor a mark of ours: nothing but the id that we keep tells which
 * plan is whose.
 */
@NullMarked
package dev.planwright.backend.schematic;

import org.jspecify.annotations.NullMarked;
