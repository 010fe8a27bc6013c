package dev.planwright.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.marcnuri.helm.LintResult;
import dev.planwright.cli.OperatorCommand;
import dev.planwright.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the chart makes of its values, without a cluster. */
class ChartTest {
  static final String EVERYTHING =
      """
      crds: {enabled: false}
      fullnameOverride: billing
      namespaces: [shop, other]
      allowHttp: true
      logLevel: DEBUG
      rbac: {clusterWide: true, secretNames: [catalog-api]}
      serviceAccount: {annotations: {example.com/role: billing}}
      replicas: 2
      image: {repository: registry.example.com/planwright, digest: "sha256:%s", pullPolicy: Always}
      imagePullSecrets: [{name: registry}]
      resources: {limits: {memory: 1Gi}}
      javaOptions: -XX:MaxRAMPercentage=60
      extraEnv: [{name: TZ, value: UTC}]
      extraVolumes: [{name: ca, configMap: {name: private-ca}}]
      extraVolumeMounts: [{name: ca, mountPath: /etc/ca, readOnly: true}]
      deploymentAnnotations: {example.com/owner: billing}
      podAnnotations: {example.com/pod: "yes"}
      podLabels: {team: billing}
      nodeSelector: {kubernetes.io/arch: amd64}
      tolerations: [{key: dedicated, operator: Exists, effect: NoSchedule}]
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: Exists}]}]
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app.kubernetes.io/name: planwright}}
      priorityClassName: system-cluster-critical
      terminationGracePeriodSeconds: 45
      service: {type: NodePort, port: 9090, annotations: {a: b}, labels: {c: d}}
      serviceMonitor:
        enabled: true
        interval: 1m
        scrapeTimeout: 10s
        labels: {release: prometheus}
        annotations: {e: f}
        relabelings: [{action: labeldrop, regex: pod}]
        metricRelabelings: [{action: drop, sourceLabels: [__name__], regex: jvm_.*}]
      podDisruptionBudget: {enabled: true, minAvailable: 1, annotations: {g: h}}
      networkPolicy:
        enabled: true
        annotations: {i: j}
        ingress: {from: [{namespaceSelector: {matchLabels: {name: monitoring}}}]}
        egress: {ports: [443], extra: [{to: [{podSelector: {matchLabels: {app: bxb}}}]}]}
      """
          .formatted("0".repeat(64));

  /** What {@link #EVERYTHING} leaves as it is, or rules out. */
  private static final String OTHER_VALUES =
      """
      nameOverride: billing
      rbac: {create: false, readDefinitions: false}
      serviceAccount: {create: false, name: mine}
      image: {tag: "1.2.3"}
      resources: {requests: {cpu: 1}}
      podSecurityContext: {runAsUser: 1000}
      securityContext: {readOnlyRootFilesystem: false}
      probes:
        liveness: {periodSeconds: 20}
        readiness: {periodSeconds: 20}
        startup: {periodSeconds: 20}
      service: {enabled: false}
      podDisruptionBudget: {maxUnavailable: 2}
      networkPolicy: {egress: {enabled: false}}
      """;

  private static final String OPTIONAL_OBJECTS =
      """
      crds: {enabled: false}
      podDisruptionBudget: {enabled: true}
      networkPolicy: {enabled: true}
      """;

  private static final String NO_CRDS = "crds: {enabled: false}\n";

  @Test
  void lintFindsNothingToMend() {
    LintResult result = Chart.helm().lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    assertThat(result.getMessages()).noneMatch(it -> it.matches("(?s).*\\[(WARNING|ERROR)].*"));
  }

  @Test
  void asItIsItMakesWhatAnOperatorNeedsAndNoMore() {
    assertThat(Chart.render("").kinds())
        .containsExactlyInAnyOrder(
            "CustomResourceDefinition",
            "CustomResourceDefinition",
            "CustomResourceDefinition",
            "ServiceAccount",
            "ClusterRole",
            "ClusterRoleBinding",
            "Role",
            "RoleBinding",
            "Service",
            "Deployment");
  }

  /** Reviewers see in these files what a change of the chart does. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          default     | ''
          namespaces  | namespaces: [shop, other]
          norole      | {namespaces: [shop], rbac: {readDefinitions: false}}
          noaccount   | {serviceAccount: {create: false, name: mine}, rbac: {create: false}}
          """)
  void itRendersEachMode(String mode, String values) throws IOException {
    Golden.check(
        "chart/" + mode + ".yaml",
        Chart.render(values.isEmpty() ? NO_CRDS : merged(values)).yaml());
  }

  private static String merged(String values) {
    String flow = values.startsWith("{") ? values.substring(1, values.length() - 1) : values;
    return "{" + flow + ", crds: {enabled: false}}";
  }

  @Test
  void itRendersEveryValueThatCanBeSet() throws IOException {
    Golden.check("chart/everything.yaml", Chart.render(EVERYTHING).yaml());
  }

  @Test
  void everyValueThatCanBeSetChangesSomething() {
    String all = Chart.render(EVERYTHING).yaml();
    for (String path : ChartValues.leaves(ChartValues.read(EVERYTHING))) {
      String without = ChartValues.without(EVERYTHING, path);
      assertThat(Chart.render(without).yaml()).as("without " + path).isNotEqualTo(all);
    }
    String some = Chart.render(OPTIONAL_OBJECTS).yaml();
    for (String path : ChartValues.leaves(ChartValues.read(OTHER_VALUES))) {
      String with = ChartValues.with(OPTIONAL_OBJECTS, path, OTHER_VALUES);
      assertThat(Chart.render(with).yaml()).as("with " + path).isNotEqualTo(some);
    }
    Set<String> tried = new TreeSet<>(ChartValues.leaves(ChartValues.read(EVERYTHING)));
    tried.addAll(ChartValues.leaves(ChartValues.read(OTHER_VALUES)));
    assertThat(tried).containsAll(ChartValues.leaves(ChartValues.defaults()));
  }

  @Test
  void withNamespacesNamedTheSameRightsAreGrantedInThemAndNowhereElse() {
    Set<Grant> everywhere =
        Chart.render(NO_CRDS).grants().stream()
            .filter(grant -> grant.namespace().isEmpty() && grant.name().isEmpty())
            .collect(Collectors.toSet());
    Rendered named = Chart.render(NO_CRDS + "namespaces: [shop, other]");

    assertThat(everywhere).isNotEmpty();
    for (String namespace : new String[] {"shop", "other"}) {
      assertThat(in(named, namespace)).isEqualTo(everywhere);
    }
    assertThat(in(named, ""))
        .containsExactly(
            new Grant(
                "",
                "get",
                "apiextensions.k8s.io",
                "customresourcedefinitions",
                "plans.planwright.dev"));
    assertThat(named.arguments()).contains("--namespaces=shop,other");
  }

  @Test
  void withoutReadingDefinitionsNoRightHoldsForTheWholeCluster() {
    Rendered rendered =
        Chart.render(NO_CRDS + "namespaces: [shop]\nrbac: {readDefinitions: false}");

    assertThat(rendered.kinds()).doesNotContain("ClusterRole", "ClusterRoleBinding");
    assertThat(rendered.grants())
        .isNotEmpty()
        .allMatch(grant -> Set.of("shop", "planwright-system").contains(grant.namespace()));
  }

  @Test
  void aClusterRoleMayBeKeptWhereNamespacesAreNamed() {
    Rendered rendered = Chart.render(NO_CRDS + "namespaces: [shop]\nrbac: {clusterWide: true}");

    assertThat(in(rendered, "")).isEqualTo(in(Chart.render(NO_CRDS), ""));
    assertThat(in(rendered, "shop")).isEmpty();
    assertThat(rendered.arguments()).contains("--namespaces=shop");
  }

  @ParameterizedTest
  @CsvSource({"''", "'namespaces: [shop]'", "'rbac: {secretNames: [catalog-api]}'"})
  void secretsAreReadOneByOneAndNothingIsGrantedByAStar(String values) {
    Set<Grant> grants = Chart.render(NO_CRDS + values).grants();

    assertThat(grants.stream().filter(it -> it.resource().equals("secrets")))
        .isNotEmpty()
        .allMatch(it -> it.verb().equals("get"));
    assertThat(grants)
        .noneMatch(it -> it.verb().equals("*") || it.resource().contains("*"))
        .noneMatch(it -> it.group().equals("*") || it.verb().startsWith("delete"))
        .filteredOn(it -> it.group().equals("apiextensions.k8s.io"))
        .allMatch(it -> it.verb().equals("get") && !it.name().isEmpty());
  }

  @Test
  void theOldOperatorIsGoneBeforeTheNewOneStarts() {
    JsonNode deployment = Chart.render(NO_CRDS).only("Deployment");

    assertThat(deployment.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
    assertThat(deployment.at("/spec/replicas").asInt()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "'namespaces: [shop, other]'",
    "'allowHttp: true'",
    "'{allowHttp: true, namespaces: [shop]}'"
  })
  void theArgumentsAreThoseThatTheOperatorTakes(String values) {
    Rendered rendered = Chart.render(values);
    assertThat(rendered.arguments()).startsWith("operator");
    CommandLine.ParseResult parsed =
        new CommandLine(new OperatorCommand())
            .parseArgs(rendered.arguments().stream().skip(1).toArray(String[]::new));

    int port = parsed.matchedOptionValue("--port", 0);
    assertThat(rendered.container().at("/ports/0/containerPort").asInt()).isEqualTo(port);
    assertThat(parsed.matchedOptionValue("--allow-http", false))
        .isEqualTo(values.contains("allowHttp"));
    assertThat(parsed.matchedOptionValue("--namespaces", Set.<String>of()).isEmpty())
        .isEqualTo(!values.contains("namespaces"));
  }

  @Test
  void theDefinitionsAreThoseOfTheProjectAndKeptOnUninstall() throws IOException {
    Rendered rendered = Chart.render("");
    for (JsonNode chart : rendered.all("CustomResourceDefinition")) {
      String plural = chart.at("/spec/names/plural").asText();
      JsonNode own =
          new Rendered(Files.readString(Path.of("crds", plural + ".yaml"))).objects().getFirst();
      assertThat(chart.path("spec")).as(plural).isEqualTo(own.path("spec"));
      assertThat(chart.at("/metadata/name")).isEqualTo(own.at("/metadata/name"));
      assertThat(chart.at("/metadata/annotations/helm.sh~1resource-policy").asText())
          .as(plural)
          .isEqualTo("keep");
    }
    assertThat(Chart.render(NO_CRDS).all("CustomResourceDefinition")).isEmpty();
  }

  @Test
  void theVersionIsTheProjects() throws IOException {
    Matcher pom =
        Pattern.compile("<artifactId>planwright</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(pom.find()).isTrue();

    assertThat(Chart.render(NO_CRDS).container().path("image").asText())
        .isEqualTo("ghcr.io/planwright/planwright:" + pom.group(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replica: 2                                                       | replica
          replicas: two                                                    | replicas
          namespaces: shop                                                 | namespaces
          namespaces: [Shop]                                               | namespaces
          rbac: {secretNames: catalog-api}                                 | secretNames
          logLevel: LOUD                                                   | logLevel
          image: {digest: latest}                                          | digest
          terminationGracePeriodSeconds: 5                                 | terminationGracePeriodSeconds
          service: {port: 70000}                                           | port
          probes: {liveness: {httpGet: {path: /}}}                         | httpGet
          {serviceMonitor: {enabled: true}, service: {enabled: false}}     | service.enabled
          probes: {liveness: {successThreshold: 2}}                        | successThreshold
          probes: {startup: {successThreshold: 2}}                         | successThreshold
          fullnameOverride: Foo_Bar.                                       | fullnameOverride
          fullnameOverride: "123"                                          | fullnameOverride
          nameOverride: Foo_Bar.                                           | nameOverride
          podLabels: {app.kubernetes.io/name: x}                           | podLabels
          service: {labels: {app.kubernetes.io/instance: x}}               | labels
          serviceMonitor: {labels: {helm.sh/chart: x}}                     | labels
          extraEnv: [{name: JDK_JAVA_OPTIONS, value: -Xmx1g}]              | javaOptions
          extraEnv: [{name: POD_NAMESPACE, value: x}]                      | POD_NAMESPACE
          extraVolumes: [{name: tmp, emptyDir: {}}]                        | extraVolumes
          extraVolumeMounts: [{name: ca, mountPath: /tmp}]                 | extraVolumeMounts
          podDisruptionBudget: {enabled: true, maxUnavailable: null}       | podDisruptionBudget
          """)
  void aWrongValueIsRefusedByItsName(String values, String named) {
    assertThatThrownBy(() -> Chart.render(values))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(named);
  }

  @Test
  void aNameThatReadsLikeANumberStaysAText() {
    Rendered rendered =
        Chart.render("2024", "shop", "{nameOverride: \"123\", crds: {enabled: false}}");

    for (JsonNode labels : rendered.only("Deployment").findValues("labels")) {
      assertThat(labels).allMatch(JsonNode::isTextual);
    }
    assertThat(rendered.only("Deployment").at("/spec/selector/matchLabels/app.kubernetes.io~1name"))
        .isEqualTo(TextNode.valueOf("123"));
  }

  @Test
  void whatIsNullIsLeftOut() {
    Rendered rendered =
        Chart.render(
            "{probes: {liveness: null}, podDisruptionBudget: {enabled: true, minAvailable: null},"
                + " crds: {enabled: false}}");

    assertThat(rendered.container().at("/livenessProbe").size()).isOne();
    assertThat(rendered.only("PodDisruptionBudget").path("spec").path("maxUnavailable").asInt())
        .isOne();
    assertThat(rendered.only("PodDisruptionBudget").path("spec").has("minAvailable")).isFalse();
  }

  private static Set<Grant> in(Rendered rendered, String namespace) {
    return rendered.grants().stream()
        .filter(grant -> grant.namespace().equals(namespace))
        .map(Grant::anywhere)
        .collect(Collectors.toSet());
  }
}
