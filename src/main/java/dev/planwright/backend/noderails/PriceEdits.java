package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Changes of prices that stay: one call for each, with all its fields. */
final class PriceEdits {
  private final RemotePlan remote;
  private final boolean migrate;
  private final Usage usage;
  private final Map<String, Edit> edits = new LinkedHashMap<>();
  private final Map<String, List<String>> left = new LinkedHashMap<>();

  PriceEdits(RemotePlan remote, boolean migrate, Usage usage) {
    this.remote = remote;
    this.migrate = migrate;
    this.usage = usage;
  }

  private static final class Edit {
    private final String name;
    private String title;
    private final ObjectNode body = NodeRailsCalls.object();
    private final List<FieldChange> changes = new ArrayList<>();
    private final Set<NodeRailsStep> parts = EnumSet.noneOf(NodeRailsStep.class);

    Edit(String name) {
      this.name = name;
      this.title = "change price " + name;
    }
  }

  private Edit of(RemotePlan.Price price, String name) {
    return edits.computeIfAbsent(price.id(), id -> new Edit(name));
  }

  /** Everything that can change in place, to what is wanted. */
  void bring(RemotePlan.Price there, Wanted.Price price) {
    if (!there.terms().equals(price.terms())) {
      terms(of(there, price.name()), there.terms(), price.terms());
    }
    if (!there.nickname().equals(price.nickname())) {
      Edit edit = of(there, price.name());
      edit.body.put("nickname", price.nickname());
      note(edit, "nickname", there.nickname(), price.nickname(), NodeRailsStep.CHANGE_LOOK);
    }
    if (there.sortOrder() != price.sortOrder()) {
      Edit edit = of(there, price.name());
      edit.body.put("sortOrder", price.sortOrder());
      note(
          edit,
          "sortOrder",
          Long.toString(there.sortOrder()),
          Integer.toString(price.sortOrder()),
          NodeRailsStep.CHANGE_LOOK);
    }
  }

  /** Who was kept on an old price is brought along with who is on the current one. */
  void moveOld(RemotePlan.Price old, Wanted.Price price) {
    changeOld(old, price.name(), price.terms());
  }

  /** Somebody changed an old price by hand. */
  void restoreOld(RemotePlan.Price old, String name, Terms agreed) {
    changeOld(old, name, agreed).title =
        "put old price %s back from %s to %s".formatted(name, old.terms(), agreed);
  }

  /** Whoever renews on it fails, and is cancelled after a week. */
  void bringBackOld(RemotePlan.Price old, String name) {
    reactivate(old, name + ".superseded[" + old.id() + "]");
    of(old, name).title = "bring back old price %s of %s".formatted(name, old.terms().money());
  }

  private Edit changeOld(RemotePlan.Price old, String name, Terms to) {
    Edit edit = of(old, name + ".superseded[" + old.id() + "]");
    edit.title = "change old price %s of %s".formatted(name, old.terms().money());
    terms(edit, old.terms(), to);
    edit.parts.add(NodeRailsStep.CHANGE_OLD_PRICE);
    return edit;
  }

  /** Nothing brings these along, which whoever approves the change of the current one reads. */
  void leaveOld(Wanted.Price price, List<RemotePlan.Price> olds) {
    olds.forEach(
        it ->
            left.computeIfAbsent(price.name(), name -> new ArrayList<>())
                .add(it.terms().toString()));
  }

  void setDefault(RemotePlan.Price there, String name) {
    if (!there.isDefault()) {
      moveDefault(there, name, true, new FieldChange("defaultPrice", "", name));
    }
  }

  /**
   * A price gives the flag away.
   *
   * @param to the name that has it now
   */
  void unsetDefault(RemotePlan.Price there, String name, Optional<String> to) {
    if (there.isDefault()) {
      moveDefault(there, name, false, new FieldChange("defaultPrice", name, to.orElse("")));
    }
  }

  private void moveDefault(RemotePlan.Price there, String name, boolean to, FieldChange change) {
    Edit edit = of(there, name);
    edit.body.put("isDefault", to);
    edit.changes.add(change);
    edit.parts.add(NodeRailsStep.MOVE_DEFAULT);
  }

  /**
   * The flag leaves a price whose name stays the default.
   *
   * @param succeeded whether a new price of that name is made with the flag: nothing else changes
   *     then, and nobody may read that the default itself did
   */
  void passDefaultOn(RemotePlan.Price old, String name, boolean succeeded) {
    Edit edit = of(old, name);
    edit.body.put("isDefault", false);
    edit.parts.add(NodeRailsStep.MOVE_DEFAULT);
    if (!succeeded) {
      edit.changes.add(new FieldChange("prices[" + old.id() + "].default", "true", "false"));
    }
  }

  void reactivate(RemotePlan.Price dormant, String name) {
    Edit edit = of(dormant, name);
    edit.body.put("isActive", true);
    edit.changes.add(new FieldChange("prices." + name, "", dormant.terms().toString()));
    edit.parts.add(
        usage.isUnused(dormant.id()) ? NodeRailsStep.RETIRE_PRICE : NodeRailsStep.REACTIVATE_PRICE);
  }

  private static void terms(Edit edit, Terms from, Terms to) {
    if (from.amount().compareTo(to.amount()) != 0) {
      edit.body.put("amount", Terms.sent(to.amount()));
    }
    if (from.trialDays() != to.trialDays()) {
      edit.body.put("trialPeriodDays", to.trialDays());
    }
    edit.changes.addAll(termChanges(edit.name, from, to));
    edit.parts.add(NodeRailsStep.CHANGE_AMOUNT);
  }

  private static void note(Edit edit, String field, String from, String to, NodeRailsStep part) {
    edit.changes.add(new FieldChange("prices." + edit.name + "." + field, from, to));
    edit.parts.add(part);
  }

  /** How the terms of a price differ, field by field. */
  static List<FieldChange> termChanges(String name, Terms from, Terms to) {
    List<FieldChange> changes = new ArrayList<>();
    String price = "prices." + name + ".";
    if (from.amount().compareTo(to.amount()) != 0) {
      changes.add(
          new FieldChange(
              price + "amount", RemotePlan.shown(from.amount()), RemotePlan.shown(to.amount())));
    }
    if (!from.currency().equals(to.currency())) {
      changes.add(new FieldChange(price + "currency", from.currency(), to.currency()));
    }
    if (!from.interval().equals(to.interval())) {
      changes.add(new FieldChange(price + "recurring", from.everyText(), to.everyText()));
    }
    if (from.trialDays() != to.trialDays()) {
      changes.add(
          new FieldChange(
              price + "trialDays",
              Integer.toString(from.trialDays()),
              Integer.toString(to.trialDays())));
    }
    return changes;
  }

  /** What raises a flag before what lowers one, so that the plan always has a default. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    edits.forEach(
        (id, edit) ->
            steps.add(
                Step.of(
                        Step.Kind.WRITE,
                        edit.title + leaving(edit.name),
                        sending ->
                            NodeRailsCalls.updatePrice(remote.id(), id, edit.body.deepCopy()))
                    .changes(edit.changes)
                    .affects(NodeRailsStep.affects(edit.parts, migrate))
                    .whom(usage.inWords(id))
                    .build()));
    return steps;
  }

  private String leaving(String name) {
    return left.containsKey(name)
        ? "; who is on an old price of "
            + String.join(" or ", left.getOrDefault(name, List.of()))
            + " stays there"
        : "";
  }
}
