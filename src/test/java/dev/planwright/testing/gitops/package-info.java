/** What Flux and Argo CD themselves say. */
@NullMarked
package dev.planwright.testing.gitops;

import org.jspecify.annotations.NullMarked;
