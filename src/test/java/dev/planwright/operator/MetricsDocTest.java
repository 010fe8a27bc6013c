package dev.planwright.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.backend.admission.Admission;
import dev.planwright.backend.client.CallObserver;
import dev.planwright.controller.FixedManifests;
import dev.planwright.controller.ObjectKey;
import dev.planwright.testing.Generated;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/metrics.md: what {@code /metrics} shows once everything has happened once. */
class MetricsDocTest {
  private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (.*)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

  private static final String HEAD =
      """
      # What the operator counts

      Generated from the meters that the operator registers; `mvn test -Dtest=MetricsDocTest
      -Dplanwright.update=true` writes it again.

      `planwright operator` serves these on `/metrics`, at the port of `--port`, in the format of
      Prometheus. `backend` is namespace and name of a BillingBackend, `operation` the name of a call
      such as `create plan`. A summary has `_count` and `_sum`, in seconds; the greatest of late stands
      beside it as `_max`.

      | metric | type | labels | meaning |
      |---|---|---|---|
      """;

  private static final String TAIL =
      """

      ## What to watch

      | what | expression |
      |---|---|
      | Plans that are not as their manifests say | `sum by (backend, reason) (planwright_plans{reason!="Ready"})` |
      | a billing system that refuses or fails | `sum by (backend, status) (rate(planwright_backend_calls_total{status!~"2.."}[10m]))` |
      | work that piles up | `max by (backend) (planwright_queue_oldest_seconds) > 600` |
      | objects on the billing system without a Plan | `planwright_unclaimed > 0` |
      | defects of the operator | `rate(planwright_reconciles_total{outcome="failed"}[10m]) > 0` |
      | nobody works | `max(planwright_leading) < 1` |
      """;

  private record Row(String type, String meaning, String labels) {}

  @Test
  void theDocumentHasWhatIsRegistered() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    everything(registry);
    assertThat(registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName))
        .as("everything that there is has happened")
        .containsAll(Arrays.stream(OperatorMeter.values()).map(OperatorMeter::meterName).toList());

    StringBuilder text = new StringBuilder(HEAD);
    rows(registry.scrape())
        .forEach(
            (name, row) ->
                text.append(
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(name, row.type(), row.labels(), row.meaning())));
    Generated.whole(Path.of("docs/metrics.md"), text + TAIL, MetricsDocTest.class);
  }

  private static void everything(PrometheusMeterRegistry registry) throws Exception {
    OperatorMetrics metrics = new OperatorMetrics(registry);
    metrics.reconciled("plan", true);
    metrics.timeControllerExecution(
        new Metrics.ControllerExecution<String>() {
          @Override
          public String name() {
            return "reconcile";
          }

          @Override
          public String controllerName() {
            return "plan";
          }

          @Override
          public String successTypeName(String result) {
            return "ok";
          }

          @Override
          public ResourceID resourceID() {
            return new ResourceID("team", "shop");
          }

          @Override
          public Map<String, Object> metadata() {
            return Map.of();
          }

          @Override
          public String execute() {
            return "done";
          }
        });
    metrics.ended(
        new CallObserver.Call(
            "shop/default",
            "create plan",
            true,
            200,
            Optional.empty(),
            Duration.ofMillis(1),
            Duration.ofMillis(2)));
    metrics.refresh(
        manifests(),
        Map.of(
            new ObjectKey("shop", "default"),
            new Admission<>(1, Duration.ofSeconds(1), InstantSource.system(), key -> {})),
        true);
  }

  private static FixedManifests manifests() throws IOException {
    FixedManifests manifests = new FixedManifests();
    ObjectMapper json = new ObjectMapper();
    manifests.plans.add(
        json.readValue(
            "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"team\"},\"spec\":{}}", Plan.class));
    manifests.backends.add(
        json.readValue(
            "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"default\"},\"spec\":{},"
                + "\"status\":{\"unclaimedCount\":1}}",
            BillingBackend.class));
    return manifests;
  }

  private static NavigableMap<String, Row> rows(String scrape) {
    NavigableMap<String, Row> rows = new TreeMap<>();
    String meaning = "";
    String type = "";
    String name = "";
    for (String line : scrape.lines().toList()) {
      Matcher help = HELP.matcher(line);
      Matcher kind = TYPE.matcher(line);
      if (help.matches()) {
        name = help.group(1);
        meaning = help.group(2);
      } else if (kind.matches()) {
        type = kind.group(2);
      } else {
        String labels =
            LABEL
                .matcher(line)
                .results()
                .map(match -> "`" + match.group(1) + "`")
                .collect(Collectors.joining(", "));
        rows.put(name, new Row(type, meaning, labels));
      }
    }
    return rows;
  }
}
