/** What it costs to keep a thousand Plans; {@code mvn -Pbench verify}, no part of the tests. */
@NullMarked
package dev.planwright.bench;

import org.jspecify.annotations.NullMarked;
