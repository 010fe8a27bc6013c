/** What the vendors' emulators share: one handler, called in memory or over real HTTP. */
@NullMarked
package dev.planwright.emulator;

import org.jspecify.annotations.NullMarked;
