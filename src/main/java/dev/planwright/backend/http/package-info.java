/** The open protocol: a billing system of one's own, whole plans over a few calls. */
@NullMarked
package dev.planwright.backend.http;

import org.jspecify.annotations.NullMarked;
