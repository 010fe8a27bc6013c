package dev.planwright.operator;

import java.util.List;

/** Every meter there is: the one place that names, explains and tags them. */
public enum OperatorMeter {
  RECONCILES(
      "planwright.reconciles",
      Type.COUNTER,
      "Runs of the reconcilers: ok, or failed for a reason that is ours",
      "kind",
      "outcome"),
  RECONCILE_DURATION(
      "planwright.reconcile.duration",
      Type.TIMER,
      "How long a run took, its calls to the billing system included",
      "kind"),
  CALLS(
      "planwright.backend.calls",
      Type.COUNTER,
      "Calls to a billing system by HTTP status; a word instead of a number where no answer came",
      "backend",
      "operation",
      "status"),
  CALL_DURATION(
      "planwright.backend.call.duration",
      Type.TIMER,
      "From sending a call to the end of its answer; only calls that were sent",
      "backend",
      "operation"),
  CALL_WAIT(
      "planwright.backend.call.wait",
      Type.TIMER,
      "How long a call waited for its turn under the account's rate",
      "backend"),
  PLANS(
      "planwright.plans",
      Type.GAUGE,
      "Plans by the reason of their Ready condition; Ready for those that are",
      "backend",
      "reason"),
  QUEUE_DEPTH(
      "planwright.queue.depth",
      Type.GAUGE,
      "Plans that wait for a permit to work on their account",
      "backend",
      "lane"),
  QUEUE_OLDEST(
      "planwright.queue.oldest.seconds",
      Type.GAUGE,
      "How long the Plan that has waited longest for a permit has waited",
      "backend"),
  UNCLAIMED(
      "planwright.unclaimed",
      Type.GAUGE,
      "Objects on the billing system that bear our mark and have no Plan, as the last sweep counted",
      "backend"),
  LEADING(
      "planwright.leading", Type.GAUGE, "1 when this process holds the Lease and works, else 0");

  /** What kind of meter it is. */
  public enum Type {
    COUNTER,
    TIMER,
    GAUGE
  }

  private final String meterName;
  private final Type type;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> tags;

  OperatorMeter(String meterName, Type type, String description, String... tags) {
    this.meterName = meterName;
    this.type = type;
    this.description = description;
    this.tags = List.of(tags);
  }

  /** The name in Micrometer's form; Prometheus sees underscores and a unit. */
  public String meterName() {
    return meterName;
  }

  /** What kind of meter it is. */
  public Type type() {
    return type;
  }

  /** One sentence. */
  public String description() {
    return description;
  }

  /** The names of its tags, in order. */
  public List<String> tags() {
    return tags;
  }
}
