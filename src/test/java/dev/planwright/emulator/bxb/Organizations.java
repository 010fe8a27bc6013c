package dev.planwright.emulator.bxb;

import static dev.planwright.emulator.bxb.BxbState.Kind.KEYS;
import static dev.planwright.emulator.bxb.BxbState.Kind.ORGANIZATIONS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Locale;

/** Organizations, their keys, and the weak way in. */
final class Organizations {
  private static final String PREFIX = "bxb_live_";

  /** What the server would take as {@code X-Admin-Secret}. */
  static final String ADMIN_SECRET = "an-admin-secret-of-more-than-32-characters";

  private final BxbState state;

  Organizations(BxbState state) {
    this.state = state;
  }

  void addTo(Router router) {
    router.addOpen("POST", "/v1/organizations/", this::create);
    router.add("GET", "/v1/organizations/current", this::current);
    router.add("POST", "/v1/organizations/current/api_keys", this::createKey);
  }

  /**
   * Whose data a request sees: without a key, or with one that lacks the prefix, silently the
   * default organization's; with the header for it, anybody's.
   */
  static String of(EmulatorRequest request, BxbState state) {
    String authorization = request.header("authorization").orElse("");
    String caller = BxbState.DEFAULT_ORGANIZATION;
    if (!authorization.isEmpty()) {
      if (!authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
        throw Refusal.of(401, "Invalid authorization header");
      }
      String key = authorization.substring("bearer ".length());
      if (key.startsWith(PREFIX)) {
        List<Row> known = state.of(KEYS).where(row -> row.is("raw_key", key));
        if (known.isEmpty()) {
          throw Refusal.of(401, "Invalid API key");
        }
        caller = known.getFirst().organization();
      }
    }
    return request.header("x-organization-id").orElse(caller);
  }

  /** Adds an organization and gives its row. */
  Row add(String name) {
    Row made = state.insert(ORGANIZATIONS, "", columns(name));
    Row own = new Row(made.id(), made.id(), made.body());
    state.of(ORGANIZATIONS).put(own);
    return own;
  }

  /** The organization that a fresh server has. */
  void addDefault() {
    String id = BxbState.DEFAULT_ORGANIZATION;
    ObjectNode body = BxbState.object().put("id", id);
    body.setAll(columns("Default Organization"));
    body.put("created_at", state.now()).put("updated_at", state.now());
    state.of(ORGANIZATIONS).put(new Row(id, id, body));
  }

  /** Adds a key to an organization and gives its row, which holds {@code raw_key}. */
  Row addKey(String organization) {
    String secret = (state.newId() + state.newId()).replace("-", "");
    ObjectNode columns =
        BxbState.object()
            .put("organization_id", organization)
            .put("key_prefix", PREFIX + secret.substring(0, 4))
            .putNull("name")
            .putNull("last_used_at")
            .putNull("expires_at")
            .put("status", "active")
            .put("raw_key", PREFIX + secret);
    return state.insert(KEYS, organization, columns);
  }

  private EmulatorResponse create(Call call) {
    if (!call.request().header("x-admin-secret").orElse("").equals(ADMIN_SECRET)) {
      throw Refusal.of(401, "Invalid admin secret");
    }
    Fields body = call.body();
    String name = body.text("name", Fields.Need.REQUIRED, 1, 255);
    body.check();
    Row organization = add(String.valueOf(name));
    ObjectNode answer = organization.body().deepCopy();
    answer.set("api_key", addKey(organization.id()).body());
    answer.putNull("owner");
    return EmulatorResponse.json(201, answer);
  }

  private EmulatorResponse current(Call call) {
    Row row =
        state
            .of(ORGANIZATIONS)
            .find(call.organization())
            .orElseThrow(() -> Refusal.of(404, "Organization not found"));
    return EmulatorResponse.json(200, row.body());
  }

  private EmulatorResponse createKey(Call call) {
    return EmulatorResponse.json(201, addKey(call.organization()).body());
  }

  private static ObjectNode columns(String name) {
    return BxbState.object()
        .put("name", name)
        .put("slug", name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"))
        .put("default_currency", "USD")
        .put("timezone", "UTC")
        .putNull("hmac_key")
        .putNull("logo_url")
        .putNull("portal_accent_color")
        .putNull("portal_welcome_message");
  }
}
