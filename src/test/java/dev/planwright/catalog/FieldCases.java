package dev.planwright.catalog;

import static dev.planwright.catalog.CompilerCases.monthly;
import static dev.planwright.catalog.CompilerCases.priced;
import static dev.planwright.catalog.CompilerCases.team;

import dev.planwright.api.v1alpha1.Rule;
import dev.planwright.catalog.CompilerCases.Case;
import java.util.List;

/** Mistakes that any field of their kind can hold. */
final class FieldCases {
  private FieldCases() {}

  static List<Case> all() {
    String flat = "spec.flat.amount";
    return List.of(
        monthly("a word of a newer version is said", Rule.ENUM, "spec.billing", "WhenDue"),
        monthly("a number is no word", Rule.ENUM, "spec.billing", "1"),
        monthly("a count is a whole number", Rule.ENUM, "spec.recurring.count", "1.5"),
        monthly("a model is an object", Rule.ENUM, "spec.flat", "'49'"),
        monthly(
            "a field of a newer version is said", Rule.KNOWN_FIELD, "spec.flat.discount", "'10'"),
        monthly(
            "also one that only marks something", Rule.KNOWN_FIELD, "spec.payWhatYouWant", "{}"),
        team("a Plan is held to it too", Rule.KNOWN_FIELD, "spec.seasonal", "{from: May}"),
        team("a policy of a newer version is said", Rule.ENUM, "spec.deletionPolicy", "Refund"),
        team("a list is a list", Rule.ENUM, "spec.entitlements", "all"),
        monthly("an exponent is no amount", Rule.AMOUNT_FORMAT, flat, "'1e3'"),
        monthly("an amount is not negative", Rule.AMOUNT_FORMAT, flat, "'-1'"),
        monthly("NaN is no amount", Rule.AMOUNT_FORMAT, flat, "'NaN'"),
        monthly("infinity is no amount", Rule.AMOUNT_FORMAT, flat, "'Infinity'"),
        monthly("forty digits are too many", Rule.AMOUNT_FORMAT, flat, "'" + "1".repeat(40) + "'"),
        monthly("a comma is no decimal point", Rule.AMOUNT_FORMAT, flat, "'49,00'"),
        monthly("an amount has no leading zero", Rule.AMOUNT_FORMAT, flat, "'049'"),
        monthly(
            "an amount has digits on both sides of its point", Rule.AMOUNT_FORMAT, flat, "'.5'"),
        monthly("an amount has no currency sign", Rule.AMOUNT_FORMAT, flat, "'$49'"),
        monthly("an amount ends where it ends", Rule.AMOUNT_FORMAT, flat, "\"49\\n\""),
        monthly(
            "an amount is in digits that everybody reads",
            Rule.AMOUNT_FORMAT,
            flat,
            "'\u0664\u0669'"),
        monthly(
            "a megabyte is no amount", Rule.AMOUNT_FORMAT, flat, "'" + "9".repeat(1 << 20) + "'"),
        monthly("a price says its amount", Rule.REQUIRED, flat, "''"),
        monthly("a price says its currency", Rule.REQUIRED, "spec.currency", "''"),
        monthly("small letters are no currency", Rule.CURRENCY_FORMAT, "spec.currency", "usd"),
        monthly("a currency exists", Rule.CURRENCY_KNOWN, "spec.currency", "ZZZ"),
        monthly("a currency exists still", Rule.CURRENCY_KNOWN, "spec.currency", "DEM"),
        monthly("a metal is no currency", Rule.CURRENCY_KNOWN, "spec.currency", "XAU"),
        priced(
            "card",
            "a rate is at most a hundred",
            Rule.RATE_FORMAT,
            "spec.percentage.rate",
            "'100.1'"),
        priced("card", "a rate is not negative", Rule.RATE_FORMAT, "spec.percentage.rate", "'-2'"),
        priced(
            "card",
            "a rate has no percent sign",
            Rule.RATE_FORMAT,
            "spec.percentage.rate",
            "'2.5%'"),
        priced(
            "calls", "a metric is a word", Rule.WORD_FORMAT, "spec.perUnit.metric", "'api calls'"),
        priced("sms", "a package holds something", Rule.QUANTITY_RANGE, "spec.package.size", "0"),
        priced(
            "sms",
            "free units are not negative",
            Rule.QUANTITY_RANGE,
            "spec.package.freeUnits",
            "-1"),
        priced(
            "sms",
            "a quantity is exact in every reader",
            Rule.QUANTITY_RANGE,
            "spec.package.size",
            "9007199254740992"),
        team("a plan has a name for people", Rule.REQUIRED, "spec.displayName", "' '"),
        team("a name is short", Rule.TEXT_LENGTH, "spec.displayName", "'" + "x".repeat(256) + "'"),
        team("a name is one line", Rule.TEXT_PRINTABLE, "spec.displayName", "\"a\\nb\""),
        team("a description has no bell", Rule.TEXT_PRINTABLE, "spec.description", "\"a\\u0007b\""),
        monthly(
            "countries are not endless",
            Rule.LIST_LENGTH,
            "spec.countries",
            "[" + "DE, ".repeat(251) + "FR]"),
        team("an image has a URL", Rule.URL_FORMAT, "spec.imageUrl", "'javascript:alert(1)'"),
        team(
            "a backend has a name of Kubernetes",
            Rule.NAME_FORMAT,
            "spec.backendRef.name",
            "'Not A Name'"),
        team(
            "our metadata is ours",
            Rule.METADATA_RESERVED,
            "spec.metadata[planwright.dev/owner]",
            "spec.metadata",
            "{planwright.dev/owner: me}"),
        team(
            "a metadata key is a word",
            Rule.METADATA_KEY,
            "spec.metadata[a b]",
            "spec.metadata",
            "{'a b': x}"),
        team(
            "a metadata value is one line",
            Rule.METADATA_VALUE,
            "spec.metadata[a]",
            "spec.metadata",
            "{a: \"x\\ny\"}"),
        team(
            "a metadata value is short",
            Rule.TEXT_LENGTH,
            "spec.metadata[a]",
            "spec.metadata",
            "{a: '" + "x".repeat(501) + "'}"),
        monthly(
            "a price's metadata is held to the same",
            Rule.METADATA_RESERVED,
            "spec.metadata[planwright.dev/x]",
            "spec.metadata",
            "{planwright.dev/x: y}"),
        team(
            "the id taken over is the one that was",
            Rule.EXTERNAL_ID_MATCHES_STATUS,
            "spec.externalId",
            "spec.externalId",
            "plan_2",
            "Plan team status.externalId: plan_1"));
  }
}
