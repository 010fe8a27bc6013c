/** The command line. */
@NullMarked
package dev.planwright.cli;

import org.jspecify.annotations.NullMarked;
