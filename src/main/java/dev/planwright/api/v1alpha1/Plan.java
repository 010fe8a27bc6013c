package dev.planwright.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One thing that is sold: the aggregate root. */
@Group(Annotations.GROUP)
@Version("v1alpha1")
@Kind("Plan")
@Singular("plan")
@Plural("plans")
@ShortNames("bplan")
public final class Plan extends CustomResource<PlanSpec, PlanStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected PlanSpec initSpec() {
    return PlanSpec.EMPTY;
  }

  @Override
  protected PlanStatus initStatus() {
    return PlanStatus.EMPTY;
  }

  // A document may say "status: null"; the rest of the operator never sees it.

  @Override
  public void setSpec(PlanSpec spec) {
    super.setSpec(Absent.or(spec, PlanSpec.EMPTY));
  }

  @Override
  public void setStatus(PlanStatus status) {
    super.setStatus(Absent.or(status, PlanStatus.EMPTY));
  }
}
