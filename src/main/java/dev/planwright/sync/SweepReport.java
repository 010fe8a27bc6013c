package dev.planwright.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a sweep found.
 *
 * @param compared how many plans were compared
 * @param differing plans that differ, or whose known drift is over: each wants a full read
 * @param missing plans that are gone, confirmed by a read by id and a probe of the account
 * @param unread plans whose listing lacks detail: each wants a read, spread out over time
 * @param unclaimed our plans there that have no Plan; empty when the listing was not complete
 * @param marks whether the backend holds marks at all: without, nobody can know what is unclaimed
 * @param error why nothing may be concluded from what the listing did not show
 */
public record SweepReport<K>(
    Instant started,
    Instant ended,
    int compared,
    List<K> differing,
    List<K> missing,
    List<K> unread,
    Optional<List<Unclaimed>> unclaimed,
    boolean marks,
    Optional<String> error) {
  public SweepReport {
    differing = List.copyOf(differing);
    missing = List.copyOf(missing);
    unread = List.copyOf(unread);
    unclaimed = unclaimed.map(List::copyOf);
  }

  /**
   * A plan that bears our mark and has no Plan.
   *
   * @param title for people
   * @param onSale whether it can still be bought
   * @param since when it was first seen so
   */
  public record Unclaimed(
      String key, String externalId, String title, boolean onSale, Instant since) {}
}
