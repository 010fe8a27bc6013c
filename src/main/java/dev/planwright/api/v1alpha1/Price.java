package dev.planwright.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One way to pay for a Plan of the same namespace. */
@Group(Annotations.GROUP)
@Version("v1alpha1")
@Kind("Price")
@Singular("price")
@Plural("prices")
@ShortNames("bprice")
public final class Price extends CustomResource<PriceSpec, PriceStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected PriceSpec initSpec() {
    return PriceSpec.EMPTY;
  }

  @Override
  protected PriceStatus initStatus() {
    return PriceStatus.EMPTY;
  }

  // A document may say "status: null"; the rest of the operator never sees it.

  @Override
  public void setSpec(PriceSpec spec) {
    super.setSpec(Absent.or(spec, PriceSpec.EMPTY));
  }

  @Override
  public void setStatus(PriceStatus status) {
    super.setStatus(Absent.or(status, PriceStatus.EMPTY));
  }
}
