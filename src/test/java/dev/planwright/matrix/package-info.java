/**
 * The crash matrix: every scenario of every backend, stopped at every boundary by every fault and
 * started again from every status that was ever written. Deterministic: no thread, no waiting, no
 * real time.
 */
@NullMarked
package dev.planwright.matrix;

import org.jspecify.annotations.NullMarked;
