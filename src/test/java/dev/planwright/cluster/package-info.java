/** The operator on a real API server, as people use it. */
@NullMarked
package dev.planwright.cluster;

import org.jspecify.annotations.NullMarked;
