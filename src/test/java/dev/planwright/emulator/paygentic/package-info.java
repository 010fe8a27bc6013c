/** A stateful emulator of Paygentic's catalogue API, with its quirks and its own arithmetic. */
@NullMarked
package dev.planwright.emulator.paygentic;

import org.jspecify.annotations.NullMarked;
