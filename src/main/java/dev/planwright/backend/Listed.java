package dev.planwright.backend;

import dev.planwright.catalog.Identity;
import java.time.Instant;
import java.util.Optional;

/**
 * One of our plans as a bulk listing shows it.
 *
 * @param identity by its mark, where the backend holds marks
 * @param externalId its id
 * @param title for people
 * @param onSale whether it can still be bought
 * @param world what to compare with; empty where the listing lacks detail and the plan must be read
 * @param readAt when its page was asked for: a plan written later is skipped
 */
public record Listed<R>(
    Optional<Identity> identity,
    String externalId,
    String title,
    boolean onSale,
    Optional<R> world,
    Instant readAt) {}
