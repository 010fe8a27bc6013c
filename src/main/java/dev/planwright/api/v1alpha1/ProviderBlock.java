package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The billing system that an account belongs to: exactly one block is present. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProviderBlock(
    @JsonPropertyDescription("An organization of bxb (BoxBilling).") @Nullable Bxb bxb,
    @JsonPropertyDescription("An environment of Stigg.") @Nullable Stigg stigg,
    @JsonPropertyDescription("An environment of Schematic.") @Nullable Schematic schematic,
    @JsonPropertyDescription("An app of NodeRails.") @Nullable Noderails noderails,
    @JsonPropertyDescription("A merchant of Paygentic.") @Nullable Paygentic paygentic,
    @JsonPropertyDescription("A billing system that speaks the open protocol.")
        @Nullable Http http) {

  /** Where the key of an account is. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Credentials(
      @JsonPropertyDescription(
              "A Secret of this namespace, labelled planwright.dev/credentials: \"true\".")
          @Required
          @Nullable SecretRef secretRef) {}

  /** An entry of a Secret. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record SecretRef(
      @JsonPropertyDescription("The name of the Secret, in the same namespace.")
          @Required
          @Pattern(Formats.NAME)
          @Size(min = 1, max = Formats.NAME_LENGTH)
          String name,
      @JsonPropertyDescription("The entry of the Secret that holds the key of the account.")
          @Required
          @Pattern(Formats.SECRET_KEY)
          @Size(min = 1, max = 253)
          String key) {
    /** Puts empty for what is missing. */
    public SecretRef {
      name = Absent.text(name);
      key = Absent.text(key);
    }
  }

  /** An organization of bxb (BoxBilling). */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Bxb(
      @JsonPropertyDescription(
              "Where the server is, such as http://bxb.billing.svc:8000. https only, except for loopback and in-cluster names (*.svc, *.svc.cluster.local).")
          @Required
          @Pattern(Formats.URL)
          @Size(min = 1, max = Formats.URL_LENGTH)
          String url,
      @JsonPropertyDescription(
              "The id of the organization; compared with the one that the key opens.")
          @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
          @Nullable String organizationId,
      @JsonPropertyDescription(
              "What a number in a usage charge counts on this server: Minor or Major. Needed as soon as a Price has usage charges.")
          @Nullable AmountUnit chargeAmountUnit,
      @JsonPropertyDescription(
              "True accepts that the server stores a trial and does not apply it; without it a Plan with a trial is refused.")
          @Nullable Boolean trialIsInformational,
      @JsonPropertyDescription(
              "Where our mark is kept: Description, the default, as the last line of the description of the plan; None: nowhere.")
          @Nullable OwnershipMark ownershipMark,
      @JsonPropertyDescription("Where the key is.") @Required @Nullable Credentials credentials) {
    /** Puts empty for what is missing. */
    public Bxb {
      url = Absent.text(url);
    }
  }

  /** An environment of Stigg. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Stigg(
      @JsonPropertyDescription(
              "Where the API is, such as https://api.stigg.io. https only, except for loopback and in-cluster names (*.svc, *.svc.cluster.local).")
          @Required
          @Pattern(Formats.URL)
          @Size(min = 1, max = Formats.URL_LENGTH)
          String url,
      @JsonPropertyDescription(
              "The id of the product that plans belong to unless they name another.")
          @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
          @Nullable String productId,
      @JsonPropertyDescription(
              "True when Stigg has confirmed, for this account, that a plan may charge for usage beside a yearly price, and that whoever pays by the year pays each usage price as often as it says; without it such a Plan is refused.")
          @Nullable Boolean usageBesideYearly,
      @JsonPropertyDescription("Where the key is.") @Required @Nullable Credentials credentials) {
    /** Puts empty for what is missing. */
    public Stigg {
      url = Absent.text(url);
    }
  }

  /** An environment of Schematic. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Schematic(
      @JsonPropertyDescription(
              "Where the API is, such as https://api.schematichq.com. https only, except for loopback and in-cluster names (*.svc, *.svc.cluster.local).")
          @Required
          @Pattern(Formats.URL)
          @Size(min = 1, max = Formats.URL_LENGTH)
          String url,
      @JsonPropertyDescription("The id of the account; compared with the one that the key opens.")
          @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
          @Nullable String accountId,
      @JsonPropertyDescription(
              "Added to the name of every plan, to tell environments apart that share plans, such as \" (staging)\".")
          @Size(min = 1, max = 100)
          @Nullable String nameSuffix,
      @JsonPropertyDescription(
              "True when a person has seen, on this account, that a write to a published plan waits in a draft until it is published; without it such writes wait while anybody subscribes.")
          @Nullable Boolean editsOpenDraft,
      @JsonPropertyDescription("Where the key is.") @Required @Nullable Credentials credentials) {
    /** Puts empty for what is missing. */
    public Schematic {
      url = Absent.text(url);
    }
  }

  /** An app of NodeRails. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Noderails(
      @JsonPropertyDescription(
              "Where the API is, such as https://api.noderails.com. https only, except for loopback and in-cluster names (*.svc, *.svc.cluster.local).")
          @Required
          @Pattern(Formats.URL)
          @Size(min = 1, max = Formats.URL_LENGTH)
          String url,
      @JsonPropertyDescription("The id of the app; compared with the one that the key opens.")
          @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
          @Nullable String appId,
      @JsonPropertyDescription("Where the key is.") @Required @Nullable Credentials credentials) {
    /** Puts empty for what is missing. */
    public Noderails {
      url = Absent.text(url);
    }
  }

  /** A merchant of Paygentic. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Paygentic(
      @JsonPropertyDescription(
              "Where the API is. When left out, it follows environment, which is then needed. https only, except for loopback and in-cluster names (*.svc, *.svc.cluster.local).")
          @Pattern(Formats.URL)
          @Size(min = 1, max = Formats.URL_LENGTH)
          @Nullable String url,
      @JsonPropertyDescription("The id of the merchant.")
          @Required
          @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
          String merchantId,
      @JsonPropertyDescription(
              "The id of the product that plans belong to unless they name another.")
          @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
          @Nullable String productId,
      @JsonPropertyDescription("True when nobody else writes plans of that product.")
          @Nullable Boolean exclusiveProduct,
      @JsonPropertyDescription("Where the key is.") @Required @Nullable Credentials credentials) {
    /** Puts empty for what is missing. */
    public Paygentic {
      merchantId = Absent.text(merchantId);
    }
  }

  /** A billing system that speaks the open protocol. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Http(
      @JsonPropertyDescription(
              "Where the protocol is served, such as https://catalog.internal/. https only, except for loopback and in-cluster names (*.svc, *.svc.cluster.local).")
          @Required
          @Pattern(Formats.URL)
          @Size(min = 1, max = Formats.URL_LENGTH)
          String url,
      @JsonPropertyDescription("Where the key is.") @Required @Nullable Credentials credentials) {
    /** Puts empty for what is missing. */
    public Http {
      url = Absent.text(url);
    }
  }
}
