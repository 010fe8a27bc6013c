package dev.planwright.backend.stigg;

import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;

/** What Stigg's errors mean for a step. 401, 429 and 5xx never come here. */
final class StiggRefusals {
  private StiggRefusals() {}

  static Refusal of(Step step, ApiResponse response, StiggSettings settings) {
    Refusal refusal = of(step, response);
    boolean mayBeUsage =
        settings.usageBesideYearly()
            && refusal.reason() == Reason.BACKEND_REJECTED
            && response.status() != 403
            && (step.kind() == Step.Kind.PUBLISH
                || step.changes().stream().anyMatch(it -> it.field().startsWith("prices.")));
    return mayBeUsage
        ? new Refusal(
            refusal.reason(),
            refusal.message()
                + "; if that is about usage beside a yearly price, this account does not take it:"
                + " make one Plan for each interval, and take "
                + StiggSettings.USAGE_BESIDE_YEARLY
                + " out of the BillingBackend")
        : refusal;
  }

  private static Refusal of(Step step, ApiResponse response) {
    StiggErrors error = StiggErrors.of(response);
    String words = "Stigg answered " + response.status() + ": " + error.words();
    return switch (error.code()) {
      case "DraftAlreadyExists", "DraftPlanCantBeArchived" ->
          new Refusal(Reason.DRAFT_IN_USE, words + "; " + Reason.DRAFT_IN_USE.whatToDo());
      case "EditAllowedOnDraftPackageOnlyError",
          "CannotEditPackageInNonDraftMode",
          "PackageAlreadyPublished",
          "PackagePricingTypeNotSet" ->
          new Refusal(Reason.RETRYING, words + "; the draft is not as it was: looking again");
      case "EntityIsArchivedError" ->
          step.kind() == Step.Kind.KEYED_CREATE
              ? new Refusal(Reason.DEPENDENCY_MISSING, words + "; unarchive the product")
              : new Refusal(Reason.RETRYING, words + "; archived meanwhile: looking again");
      case "PlanCannotBePublishWhenBasePlanIsDraft",
          "PlanCannotBePublishWhenCompatibleAddonIsDraft" ->
          new Refusal(
              Reason.DEPENDENCY_MISSING, words + "; publish what this plan refers to first");
      case "ProductNotPublishedError",
          "ProductNotFoundError",
          "FeatureNotFound",
          "CustomCurrencyNotFound" ->
          new Refusal(Reason.DEPENDENCY_MISSING, words + "; it went away since it was looked up");
      case "PlanIsUsedAsDefaultStartPlan", "PlanIsUsedAsDowngradePlan" ->
          new Refusal(
              Reason.BACKEND_REJECTED, words + "; choose another plan in the product's settings");
      case "PlanWithChildCantBeDeleted" ->
          new Refusal(
              Reason.BACKEND_REJECTED, words + "; archive the plans that build on it first");
      case "EntitlementBelongsToFeatureGroupError" ->
          new Refusal(
              Reason.BACKEND_REJECTED, words + "; take the feature out of its group in Stigg");
      default -> byStatus(step, response, words);
    };
  }

  private static Refusal byStatus(Step step, ApiResponse response, String words) {
    boolean opens = step.intent().equals(StiggPlanner.DRAFT_INTENT);
    return switch (response.status()) {
      case 400 ->
          // A server that names no code: nothing else can be wrong with a call without a body.
          opens
              ? new Refusal(Reason.DRAFT_IN_USE, words + "; " + Reason.DRAFT_IN_USE.whatToDo())
              : new Refusal(Reason.BACKEND_REJECTED, words);
      case 403 ->
          new Refusal(
              Reason.BACKEND_REJECTED,
              words
                  + "; the key may not write the catalogue: use a full-access server key, or see"
                  + " what your Stigg plan allows");
      case 404 -> new Refusal(Reason.RETRYING, words + "; it was removed meanwhile: looking again");
      case 408 -> new Refusal(Reason.RETRYING, words);
      case 409 ->
          new Refusal(
              Reason.RETRYING,
              words + "; looking again (an archived plan or an add-on may hold the id)");
      default -> new Refusal(Reason.BACKEND_REJECTED, words);
    };
  }
}
