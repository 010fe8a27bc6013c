/** Manifests held against everything that is known of them without a cluster. */
@NullMarked
package dev.planwright.cli.validate;

import org.jspecify.annotations.NullMarked;
