/** Who may work on an account next. */
@NullMarked
package dev.planwright.backend.admission;

import org.jspecify.annotations.NullMarked;
