package dev.planwright.backend.noderails;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Sought;
import dev.planwright.catalog.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds one plan: by the id that is known, where its mark agrees, else by its mark in the whole
 * listing, since NodeRails can be asked for neither name nor metadata.
 */
final class PlanSearch {
  private final NodeRailsReader reader;

  /** Ids seen in listings by the mark that they bore: for finding a second plan of one mark. */
  private final Map<Identity, Set<String>> seen = new ConcurrentHashMap<>();

  PlanSearch(NodeRailsReader reader) {
    this.reader = reader;
  }

  /** What was found. */
  sealed interface Result {}

  /** One plan; {@code marked} as ours. */
  record Hit(RemotePlan plan, boolean marked) implements Result {}

  /** One that bears another's mark. */
  record Foreign(String id, Identity owner) implements Result {}

  /** Several that could be ours. */
  record Several(List<String> ids, String why) implements Result {}

  /** A complete listing, and nothing in it. */
  record Nothing() implements Result {}

  /** Remembers whose mark a listed plan bears. */
  void noteSeen(RemotePlan plan) {
    plan.mark()
        .ifPresent(
            it ->
                seen.computeIfAbsent(it.identity(), mark -> ConcurrentHashMap.newKeySet())
                    .add(plan.id()));
  }

  Result search(Sought sought) {
    Optional<RemotePlan> byId = sought.externalId().flatMap(reader::plan);
    Optional<Identity> mark = byId.flatMap(RemotePlan::mark).map(PlanMark::identity);
    if (byId.isPresent() && mark.isPresent() && !mark.get().equals(sought.identity())) {
      return new Foreign(byId.get().id(), mark.get());
    }
    boolean mayHaveCreated =
        sought.intents().stream().anyMatch(it -> it.what().equals(Handles.PLAN));
    if (byId.isPresent() && mark.isPresent() && byId.get().active() && !mayHaveCreated) {
      return withoutTwin(byId.get(), sought.identity());
    }
    List<String> marked = listed(sought.identity());
    if (byId.isPresent() && mark.isEmpty()) {
      // Unmarked: to be taken over, or somebody took our mark off.
      return marked.isEmpty()
          ? new Hit(byId.get(), false)
          : new Several(
              both(byId.get().id(), marked),
              "the id known is of an unmarked plan, and another bears our mark");
    }
    return choose(marked, byId, sought.identity());
  }

  /** Another plan that a listing showed with the same mark, if it is still so. */
  private Result withoutTwin(RemotePlan plan, Identity identity) {
    List<String> others = new ArrayList<>();
    for (String id : seen.getOrDefault(identity, Set.of())) {
      if (!id.equals(plan.id())
          && reader.plan(id).filter(it -> it.active() && isOurs(it, identity)).isPresent()) {
        others.add(id);
      }
    }
    return others.isEmpty()
        ? new Hit(plan, true)
        : new Several(both(plan.id(), others), "several plans on sale bear our mark");
  }

  private List<String> listed(Identity identity) {
    Set<String> marked = new TreeSet<>();
    reader.eachPlan(
        Set.of(),
        page ->
            page.forEach(
                it -> {
                  noteSeen(it);
                  if (isOurs(it, identity)) {
                    marked.add(it.id());
                  }
                }));
    return List.copyOf(marked);
  }

  /** One on sale counts more than any that were archived: nothing can be deleted there. */
  private Result choose(List<String> marked, Optional<RemotePlan> byId, Identity identity) {
    List<RemotePlan> plans = new ArrayList<>();
    Set<String> ids = new TreeSet<>(marked);
    byId.ifPresent(it -> ids.add(it.id()));
    for (String id : ids) {
      // A listing may be behind, and does not show the app.
      reader.plan(id).filter(it -> isOurs(it, identity)).ifPresent(plans::add);
    }
    List<RemotePlan> active = plans.stream().filter(RemotePlan::active).toList();
    List<RemotePlan> candidates = active.isEmpty() ? plans : active;
    if (candidates.isEmpty()) {
      return new Nothing();
    }
    if (candidates.size() == 1) {
      return new Hit(candidates.getFirst(), true);
    }
    Optional<RemotePlan> known = byId.filter(it -> active.isEmpty() && isOurs(it, identity));
    return known.isPresent()
        ? new Hit(known.get(), true)
        : new Several(
            candidates.stream().map(RemotePlan::id).toList(),
            "several plans bear our mark (archive all but one)");
  }

  private static boolean isOurs(RemotePlan plan, Identity identity) {
    return plan.mark().filter(it -> it.identity().equals(identity)).isPresent();
  }

  private static List<String> both(String one, List<String> others) {
    Set<String> all = new TreeSet<>(others);
    all.add(one);
    return List.copyOf(all);
  }
}
