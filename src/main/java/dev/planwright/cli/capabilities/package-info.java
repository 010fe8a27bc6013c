/** What each billing system can express, as tables. */
@NullMarked
package dev.planwright.cli.capabilities;

import org.jspecify.annotations.NullMarked;
