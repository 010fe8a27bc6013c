package dev.planwright.matrix;

import static dev.planwright.matrix.SamplePlans.silent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import dev.planwright.backend.http.HttpProviderFactory;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Reason;
import dev.planwright.sandbox.IdSource;
import dev.planwright.sandbox.SandboxHandler;
import dev.planwright.sandbox.SandboxOptions;
import dev.planwright.sandbox.SandboxRequest;
import dev.planwright.sandbox.SandboxResponse;
import dev.planwright.testing.OpenApiContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The open protocol on its reference server. */
final class HttpUnderTest implements BackendUnderTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> ASSIGNED =
      List.of("id", "etag", "version", "createdAt", "updatedAt", "subscribers", "prices");
  private static final RequestJudge PROTOCOL = new RequestJudge(protocol());

  @Override
  public String name() {
    return "http";
  }

  @Override
  public Server fresh(InstantSource clock) {
    SandboxOptions options = SandboxOptions.inMemory().withClock(clock).withIds(IdSource.random());
    Sandbox sandbox = new Sandbox(SandboxHandler.create(options));
    for (String metric : List.of("api-calls", "sms", "storage-gb", "seats-bought")) {
      sandbox.control("PUT", "/sandbox/metrics/" + metric, "{\"aggregation\":\"Sum\"}");
    }
    for (String feature : List.of("sso", "seats", "projects", "support")) {
      sandbox.control("PUT", "/sandbox/features/" + feature, "{}");
    }
    for (String product : List.of("main", "other")) {
      sandbox.control("PUT", "/sandbox/products/" + product, "{}");
    }
    for (String metric : List.of("payments", "refunds")) {
      sandbox.control(
          "PUT", "/sandbox/metrics/" + metric, "{\"aggregation\":\"Sum\",\"unit\":\"Major\"}");
    }
    // What plans may be built upon; somebody else's, so that no run may touch it.
    sandbox.control(
        "PUT",
        "/plans/starter",
        "{\"owner\":\"others\",\"displayName\":\"Starter\",\"pricing\":\"Custom\",\"prices\":[]}");
    return sandbox;
  }

  @Override
  public ProviderFactory factory() {
    return new HttpProviderFactory();
  }

  @Override
  public AccountConfig config() {
    return new AccountConfig(
        "shop/default",
        SamplePlans.OWNER,
        AccountFacts.AccountEnvironment.SANDBOX,
        JSON.createObjectNode().put("url", "http://sandbox.test"),
        AccountConfig.Aliases.NONE);
  }

  @Override
  public String key() {
    return "sandbox";
  }

  @Override
  public Optional<RequestJudge> contract() {
    return Optional.of(PROTOCOL);
  }

  private static OpenApiContract protocol() {
    try {
      return new OpenApiContract(new YAMLMapper().readTree(Path.of("docs/protocol.yaml").toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Scenario> scenarios() {
    return Repertoire.shared()
        .and(
            Scenario.adoptRicher(silent("49.00"), silent("59.00"))
                .ending(new Scenario.Blocked(Reason.UNMANAGED_REMOTE_CONTENT, "would erase")))
        .scenarios();
  }

  private record Sandbox(SandboxHandler handler) implements Server, Till, Rich, Payers {
    @Override
    public TransportReply answer(TransportCall call) {
      String query = call.uri().getRawQuery();
      Map<String, String> headers = new HashMap<>();
      call.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
      SandboxResponse response =
          handler.handle(
              new SandboxRequest(
                  call.method(),
                  call.uri().getRawPath() + (query == null ? "" : "?" + query),
                  headers,
                  call.body()));
      Map<String, String> answered = new HashMap<>();
      response
          .headers()
          .forEach((name, value) -> answered.put(name.toLowerCase(Locale.ROOT), value));
      return new TransportReply(response.status(), answered, response.body());
    }

    @Override
    public BigDecimal pays(String key, BigDecimal calls) {
      return quote(key, "{\"usage\":{\"api-calls\":{\"quantity\":\"%s\"}}}".formatted(calls));
    }

    private BigDecimal quote(String key, String of) {
      BigDecimal sum = BigDecimal.ZERO;
      for (JsonNode row : control("POST", "/sandbox/plans/" + key + "/quote", of).path("prices")) {
        sum = sum.add(new BigDecimal(row.path("amount").asText()));
      }
      return sum;
    }

    @Override
    public Map<String, String> gets(String key) {
      Map<String, String> gets = new HashMap<>();
      for (JsonNode row : control("GET", "/plans/" + key, "").path("entitlements")) {
        gets.put(
            row.path("feature").asText(),
            row.path("enabled").asBoolean() ? "on" : row.path("limit").asText());
      }
      return gets;
    }

    @Override
    public void enrich(String key) {
      String price = control("GET", "/plans/" + key, "").path("prices").path(0).toString();
      control(
          "PATCH",
          "/sandbox/plans/" + key,
          """
          {"description": "Made by hand", "invoiceDisplayName": "Team, by hand",
           "imageUrl": "https://img.test/team.png", "parentPlan": "starter",
           "trial": {"days": 14, "onEnd": "Cancel"},
           "entitlements": [{"feature": "sso", "enabled": true}],
           "metadata": {"tier": "gold"},
           "prices": [%s]}
          """
              .formatted(
                  price.replaceFirst(
                      "\\{",
                      "{\"nickname\":\"By hand\",\"invoiceDisplayName\":\"A month, by hand\","
                          + "\"trialDays\":7,\"sortOrder\":3,")));
    }

    @Override
    public SortedMap<String, String> extras(String key) {
      JsonNode plan = control("GET", "/plans/" + key, "");
      SortedMap<String, String> extras = new TreeMap<>();
      for (String field :
          List.of(
              "description",
              "invoiceDisplayName",
              "imageUrl",
              "parentPlan",
              "trial",
              "entitlements",
              "metadata")) {
        Extras.put(extras, field, plan.path(field));
      }
      for (String field : List.of("nickname", "invoiceDisplayName", "trialDays", "sortOrder")) {
        Extras.put(extras, "price." + field, plan.path("prices").path(0).path(field));
      }
      return extras;
    }

    @Override
    public Server copy() {
      return new Sandbox(handler.fork());
    }

    @Override
    public List<String> objects() {
      List<String> objects = new ArrayList<>();
      for (JsonNode node : control("GET", "/plans?limit=100", "").path("plans")) {
        ObjectNode plan = node.deepCopy();
        for (JsonNode price : plan.path("prices")) {
          ((ObjectNode) price).remove("id");
          objects.add("price of " + plan.path("key").asText() + " " + price);
        }
        plan.remove(ASSIGNED);
        objects.add("plan " + plan);
      }
      return objects.stream().sorted().toList();
    }

    @Override
    public long writesSeen() {
      return handler.counts().writes();
    }

    @Override
    public String join(CatalogPlan plan, Map<String, String> priceIds) {
      String key = plan.identity().key();
      JsonNode joined = control("POST", "/sandbox/plans/" + key + "/subscribers", "{\"count\":1}");
      return key + " " + joined.path("id").asText();
    }

    @Override
    public BigDecimal owes(String subscriber, BigDecimal calls) {
      String key = subscriber.substring(0, subscriber.indexOf(' '));
      return quote(
          key,
          "{\"subscriber\":\"%s\",\"usage\":{\"api-calls\":{\"quantity\":\"%s\"}}}"
              .formatted(subscriber.substring(key.length() + 1), calls));
    }

    @Override
    public void subscribe(String key) {
      control("POST", "/sandbox/plans/" + key + "/subscribers", "{\"count\":1}");
    }

    @Override
    public void unmark(String key) {
      control("PATCH", "/sandbox/plans/" + key, "{\"owner\":null}");
    }

    @Override
    public void delete(String key) {
      String etag = control("GET", "/plans/" + key, "").path("etag").asText();
      SandboxResponse response =
          handler.handle(
              new SandboxRequest(
                  "DELETE",
                  "/plans/" + key + "?owner=" + SamplePlans.OWNER,
                  Map.of("authorization", "Bearer sandbox", "if-match", etag),
                  new byte[0]));
      if (response.status() >= 300) {
        throw new IllegalStateException("delete " + key + ": " + response.text());
      }
    }

    @Override
    public void hideSubscribers() {
      control("PUT", "/sandbox/faults", "{\"hideSubscribers\":true}");
    }

    @Override
    public void close() {
      handler.close();
    }

    JsonNode control(String method, String target, String body) {
      Map<String, String> headers =
          Map.of(
              "authorization",
              "Bearer sandbox",
              "content-type",
              "application/json",
              "if-none-match",
              "*");
      SandboxResponse response =
          handler.handle(
              new SandboxRequest(method, target, headers, body.getBytes(StandardCharsets.UTF_8)));
      if (response.status() >= 300) {
        throw new IllegalStateException(method + " " + target + ": " + response.text());
      }
      try {
        return JSON.readTree(response.body());
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the sandbox answers no JSON", e);
      } catch (IOException e) {
        throw new IllegalStateException("bytes in memory could not be read", e);
      }
    }
  }
}
