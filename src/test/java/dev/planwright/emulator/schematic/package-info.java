/** A stateful emulator of the Schematic API, with its quirks and its own arithmetic. */
@NullMarked
package dev.planwright.emulator.schematic;

import org.jspecify.annotations.NullMarked;
