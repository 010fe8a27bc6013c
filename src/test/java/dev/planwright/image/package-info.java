/** The container image, read as it was built, and its entry point run without a container. */
@NullMarked
package dev.planwright.image;

import org.jspecify.annotations.NullMarked;
