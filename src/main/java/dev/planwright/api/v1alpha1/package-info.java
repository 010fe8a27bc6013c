/**
 * What a user writes and reads: the custom resources {@code Plan}, {@code Price} and {@code
 * BillingBackend} of group {@code planwright.dev}, version {@code v1alpha1}.
 *
 * <p>These types carry what arrived, not what is right: an API server without the schema (the
 * embedded one) lets anything through, so a required string that is missing reads as empty, any
 * other required value that is missing reads as null, and the compiler of the catalogue says what
 * is wrong. A list or a map is never null.
 *
 * <p>Status types cut texts and lists of news to the bounds of the schema, because a status that
 * the API server refuses would lose the ids in it. Ids are never cut.
 */
@NullMarked
package dev.planwright.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
