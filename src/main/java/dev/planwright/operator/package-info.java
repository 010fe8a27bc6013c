/** Wiring and start-up: everything is made once and here, and ended in the right order. */
@NullMarked
package dev.planwright.operator;

import org.jspecify.annotations.NullMarked;
