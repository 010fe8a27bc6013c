package dev.planwright.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * One account of one billing system: where it is, the key, who we are there, how hard it may be
 * pushed.
 */
@Group(Annotations.GROUP)
@Version("v1alpha1")
@Kind("BillingBackend")
@Singular("billingbackend")
@Plural("billingbackends")
@ShortNames("bb")
public final class BillingBackend extends CustomResource<BillingBackendSpec, BillingBackendStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected BillingBackendSpec initSpec() {
    return BillingBackendSpec.EMPTY;
  }

  @Override
  protected BillingBackendStatus initStatus() {
    return BillingBackendStatus.EMPTY;
  }

  // A document may say "status: null"; the rest of the operator never sees it.

  @Override
  public void setSpec(BillingBackendSpec spec) {
    super.setSpec(Absent.or(spec, BillingBackendSpec.EMPTY));
  }

  @Override
  public void setStatus(BillingBackendStatus status) {
    super.setStatus(Absent.or(status, BillingBackendStatus.EMPTY));
  }
}
