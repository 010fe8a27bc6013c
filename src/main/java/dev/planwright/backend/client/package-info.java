/**
 * The path of one call to a backend: its turn, the breaker, the wire, and what the answer means.
 */
@NullMarked
package dev.planwright.backend.client;

import org.jspecify.annotations.NullMarked;
