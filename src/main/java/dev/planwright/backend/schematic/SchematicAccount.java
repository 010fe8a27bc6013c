package dev.planwright.backend.schematic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import java.util.Map;

/**
 * Whom the key opens.
 *
 * @param environment the one environment that the key belongs to
 * @param apiKey the key's own id, for the audit log
 * @param environments how many environments the account has: they share every plan
 */
record SchematicAccount(AccountFacts facts, String environment, String apiKey, int environments) {
  private static final String ENVIRONMENT = "environmentId";

  static SchematicAccount of(JsonNode who) {
    String environment = Json.need(who, "environment_id");
    AccountEnvironment type = AccountEnvironment.UNVERIFIED;
    for (JsonNode each : who.path("environments")) {
      if (Json.text(each, "id").equals(environment)) {
        type =
            switch (Json.text(each, "environment_type")) {
              case "production" -> AccountEnvironment.PRODUCTION;
              case "staging", "development" -> AccountEnvironment.SANDBOX;
              default -> AccountEnvironment.UNVERIFIED;
            };
      }
    }
    return new SchematicAccount(
        new AccountFacts(
            Json.need(who, "account_id"),
            Json.text(who, "account_name"),
            type,
            Map.of(ENVIRONMENT, environment)),
        environment,
        Json.text(who, "api_key_id"),
        who.path("environments").size());
  }
}
