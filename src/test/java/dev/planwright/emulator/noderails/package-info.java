/** A stateful emulator of NodeRails' product plans, with its traps and its own arithmetic. */
@NullMarked
package dev.planwright.emulator.noderails;

import org.jspecify.annotations.NullMarked;
