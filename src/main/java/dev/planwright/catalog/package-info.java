/** The neutral model: what is sold and what it costs, in no vendor's words. */
@NullMarked
package dev.planwright.catalog;

import org.jspecify.annotations.NullMarked;
