package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

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

  private List<Unknown> unknown = List.of();

  /** What the spec says that this version does not know, as the document was read. */
  public List<Unknown> unknown() {
    return unknown;
  }

  /**
   * A copy that may be changed. Going through a document instead would lose what is {@link
   * #unknown()}.
   */
  public Price copy() {
    Price copy = new Price();
    copy.setMetadata(new ObjectMetaBuilder(getMetadata()).build());
    copy.setSpec(getSpec());
    copy.setStatus(getStatus());
    copy.unknown = unknown;
    return copy;
  }

  /** From a document: one that is not understood must not end the reading of all others. */
  @JsonProperty("spec")
  void setSpec(TokenBuffer written) {
    Reading<PriceSpec> reading = Reading.spec(written, PriceSpec.class, PriceSpec.EMPTY);
    unknown = reading.unknown();
    setSpec(reading.value());
  }

  /** From a document. */
  @JsonProperty("status")
  void setStatus(TokenBuffer written) {
    setStatus(Reading.status(written, PriceStatus.class, PriceStatus.EMPTY));
  }

  // A document may say "status: null"; the rest of the operator never sees it.

  @JsonIgnore
  @Override
  public void setSpec(PriceSpec spec) {
    super.setSpec(Absent.or(spec, PriceSpec.EMPTY));
  }

  @JsonIgnore
  @Override
  public void setStatus(PriceStatus status) {
    super.setStatus(Absent.or(status, PriceStatus.EMPTY));
  }
}
