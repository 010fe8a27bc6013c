/** The Helm chart: linted, rendered, and installed on a real API server. */
@NullMarked
package dev.planwright.chart;

import org.jspecify.annotations.NullMarked;
