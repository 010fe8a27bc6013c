/** Stigg's REST API in memory, from its documentation and schema and nothing of the provider. */
@NullMarked
package dev.planwright.emulator.stigg;

import org.jspecify.annotations.NullMarked;
