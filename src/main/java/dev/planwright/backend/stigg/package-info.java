/**
 * Stigg: a plan is what its newest published version says; it is changed in a draft, with all its
 * prices at once, and published.
 */
@NullMarked
package dev.planwright.backend.stigg;

import org.jspecify.annotations.NullMarked;
