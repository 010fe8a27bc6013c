/** What every billing backend must be able to answer, and the one way to call it. */
@NullMarked
package dev.planwright.backend;

import org.jspecify.annotations.NullMarked;
