package dev.planwright.backend;

import java.time.Instant;

/**
 * A create that was about to be sent when it was written down: after a crash, look before creating.
 *
 * @param what the step's intent: {@code plan}, {@code price:team-monthly}
 * @param attempted when it was about to be sent
 * @param idempotencyKey at least 128 random bits; sent again only while no answer came; {@code ""}
 *     once one came
 * @param content hash of what was to be created, so that a changed manifest is noticed
 */
public record Intent(String what, Instant attempted, String idempotencyKey, String content) {}
