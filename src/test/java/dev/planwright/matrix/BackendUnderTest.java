package dev.planwright.matrix;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * One backend as the matrix drives it. A new backend is one implementation and one line in {@link
 * Backends}.
 */
interface BackendUnderTest {
  /** Name of the report file. */
  String name();

  /** An account with everything that the sample plans refer to, and no plan. */
  Server fresh(InstantSource clock);

  ProviderFactory factory();

  AccountConfig config();

  /** The key that the account is opened with. */
  String key();

  List<Scenario> scenarios();

  /** What takes a plan off sale when its object is deleted, where the backend can do it. */
  default Policies.Deletion deletion() {
    return Policies.Deletion.DELETE;
  }

  /** A plan that this backend can say. */
  default CatalogPlan sample() {
    return SamplePlans.team();
  }

  /** A plan with all that can be added to one at once. */
  default CatalogPlan fullSample() {
    return SamplePlans.committed(SamplePlans.entitled(SamplePlans.team(), true, 10), "100.00");
  }

  /** How many calls make the full sample. */
  default long callsOfCreate() {
    return 1;
  }

  /** Whether taking a plan away touches whoever pays for it, and is refused for that. */
  default boolean removalTouchesSubscribers() {
    return true;
  }

  /** What every request is judged by; empty when the backend has no schema, or none is at hand. */
  default Optional<RequestJudge> contract() {
    return Optional.empty();
  }

  /**
   * Whether a create sent twice can make two, so that the journal has to be written first. A new
   * leader that an open journal warns is then not made to wait out the request timeout.
   */
  default boolean isJournaled() {
    return false;
  }

  /**
   * Whether the account itself tells what is ours. Where it does, no status, however old or lost,
   * may end in a refusal.
   */
  default boolean isMarked() {
    return true;
  }

  /**
   * How many of these objects a refusal after a lost status may not add to: all of them, unless the
   * backend has drafts, which nobody can buy.
   */
  default long sellable(List<String> objects) {
    return objects.size();
  }

  /** Whether the id is kept in an annotation too, since nothing else tells what is ours. */
  default boolean keepsId() {
    return false;
  }

  /** Whether even a status that is lost with the annotation ends well in this scenario. */
  default boolean mayForget(Scenario scenario) {
    return true;
  }

  /** Whether the backend tells how many people pay for a plan that is on sale. */
  default boolean countsSubscribers() {
    return true;
  }

  /**
   * Whether a person may approve what touches subscribers though they could not be counted. Where a
   * change cuts people off, it may not.
   */
  default boolean mayGoUncounted() {
    return true;
  }

  /**
   * Whether this may be left by a Plan that is deleted while its plan is made, over what a complete
   * plan is made of: nobody can buy it.
   *
   * @param forgotten whether status was lost
   */
  default boolean mayStayUnsold(String object, boolean forgotten) {
    return false;
  }

  /**
   * Whether this object is an open draft. Where only status tells who opened a draft that nobody
   * wrote to yet, a lost status may leave it to people, and nothing else.
   */
  default boolean isOpenDraft(String object) {
    return false;
  }
}
