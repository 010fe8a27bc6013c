/**
 * The reference server of the open protocol ({@code docs/protocol.yaml}): a small billing system on
 * an embedded database. It validates and computes prices from its own stored JSON with its own
 * code, so that it can disagree with the operator.
 */
@NullMarked
package dev.planwright.sandbox;

import org.jspecify.annotations.NullMarked;
