/** A stateful emulator of bxb 0.7.0 on PostgreSQL, with its quirks and its own arithmetic. */
@NullMarked
package dev.planwright.emulator.bxb;

import org.jspecify.annotations.NullMarked;
