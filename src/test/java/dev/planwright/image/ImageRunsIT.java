package dev.planwright.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.chart.Chart;
import dev.planwright.sandbox.SandboxOptions;
import dev.planwright.sandbox.SandboxServer;
import dev.planwright.testing.kube.KubeCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image's entry point, run from its layers by a user who may write to none of them. Its AOT
 * cache is in use wherever {@code -XX:AOTMode=on} is said, which ends Java when it cannot be.
 */
final class ImageRunsIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static UnpackedImage image;

  private record Run(int code, String out, String err) {}

  @BeforeAll
  static void unpack(@TempDir Path folder) throws IOException {
    image = UnpackedImage.of(ImageArchive.read(ImageIT.ARCHIVE), folder);
  }

  @AfterAll
  static void letGo() throws IOException {
    image.letGo();
  }

  private static Run run(Map<String, String> environment, String input, String... arguments)
      throws Exception {
    Process process = image.run(environment, List.of(arguments)).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), out, err);
  }

  @Test
  void whatIsPipedIntoItIsValidated() throws Exception {
    String manifests = manifests(URI.create("http://127.0.0.1:1"));
    Run valid = run(Map.of(), manifests, "validate", "-");
    assertThat(valid.code()).as(valid.toString()).isZero();
    assertThat(valid.err()).isEmpty();

    Run wrong =
        run(Map.of(), manifests.replace("currency: USD", "currency: dollars"), "validate", "-");
    assertThat(wrong.code()).as(wrong.toString()).isEqualTo(1);
    assertThat(wrong.out()).contains("dollars");
  }

  @Test
  void itKnowsItsVersionAndWithoutACommandSaysWhichThereAre() throws Exception {
    String version = image.label("org.opencontainers.image.version");
    assertThat(run(Map.of(), "", "--version"))
        .isEqualTo(new Run(0, "planwright " + version + "\n", ""));
    Run nothing = run(Map.of(), "");
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("operator", "validate");
  }

  @Test
  void itsClassesComeFromTheCache() throws Exception {
    Run run = run(options("-XX:AOTMode=on -Xlog:class+load"), "", "--version");
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out())
        .containsPattern("dev\\.planwright\\.cli\\.Main source: shared objects file");
    // Not those that the quickstart had no use for.
    assertThat(loaded(run, "file:")).isLessThan(loaded(run, "shared objects file") / 20);
  }

  private static long loaded(Run run, String source) {
    return run.out().lines().filter(line -> line.contains(" source: " + source)).count();
  }

  @Test
  void theCacheFitsWhateverThePodSaysOfMemoryAndCollector() throws Exception {
    for (String options :
        List.of(
            "-Xmx96m",
            "-XX:MaxRAMPercentage=75",
            "-XX:-UseSerialGC -XX:+UseG1GC",
            "-XX:-UseSerialGC -XX:+UseParallelGC -XX:TieredStopAtLevel=4",
            // As a machine with that much, and no limit of the container.
            "-XX:MaxRAM=500g")) {
      String all = options + " -XX:AOTMode=on";
      Run run = run(options(all), "", "--version");
      assertThat(run.code()).as(options + run).isZero();
      assertThat(run.err()).isEqualTo(note(all));
    }
  }

  @Test
  void aCacheThatDoesNotFitOnlyWarnsAndNotOnStandardOutput() throws Exception {
    Run usual = run(Map.of(), "", "--version");
    Run without = run(options("-XX:AOTMode=off"), "", "--version");
    assertThat(without).isEqualTo(new Run(0, usual.out(), note("-XX:AOTMode=off")));

    Run unfit = run(options("-XX:-UseCompactObjectHeaders"), "", "--version");
    assertThat(unfit.code()).as(unfit.toString()).isZero();
    assertThat(unfit.out()).isEqualTo(usual.out());
    assertThat(unfit.err()).contains("Unable to use AOT cache");
    // Which is how the other tests know that it is used.
    assertThat(run(options("-XX:-UseCompactObjectHeaders -XX:AOTMode=on"), "", "--version").code())
        .isNotZero();
  }

  private static Map<String, String> options(String options) {
    return Map.of("JDK_JAVA_OPTIONS", options);
  }

  /** What Java says on standard error when it was given options so. */
  private static String note(String options) {
    return "NOTE: Picked up JDK_JAVA_OPTIONS: " + options + "\n";
  }

  @Test
  void optionsOfThePodWinOverThoseOfTheImage() throws Exception {
    String asBuilt = run(Map.of("JDK_JAVA_OPTIONS", "-XX:+PrintFlagsFinal"), "", "--version").out();
    assertThat(flag(asBuilt, "UseSerialGC")).isEqualTo("true {product} {config file}");
    assertThat(flag(asBuilt, "UseCompactObjectHeaders")).startsWith("true");
    assertThat(flag(asBuilt, "TieredStopAtLevel")).startsWith("1 ");
    assertThat(flag(asBuilt, "MaxRAMPercentage")).startsWith("50.0");
    assertThat(flag(asBuilt, "ExitOnOutOfMemoryError")).startsWith("true");
    // It would write to /tmp.
    assertThat(flag(asBuilt, "UsePerfData")).startsWith("false");

    String options =
        "-XX:+PrintFlagsFinal -XX:MaxRAMPercentage=60 -XX:TieredStopAtLevel=4 -XX:-UseSerialGC"
            + " -XX:+UseParallelGC";
    String asTold = run(Map.of("JDK_JAVA_OPTIONS", options), "", "--version").out();
    assertThat(flag(asTold, "MaxRAMPercentage")).startsWith("60.0");
    assertThat(flag(asTold, "TieredStopAtLevel")).startsWith("4 ");
    assertThat(flag(asTold, "UseParallelGC")).startsWith("true");
  }

  private static String flag(String all, String name) {
    Matcher line = Pattern.compile("(?m)^ *\\S+ " + name + " += (.*)$").matcher(all);
    assertThat(line.find()).as("%s in %s", name, all).isTrue();
    return line.group(1).strip().replaceAll(" +", " ");
  }

  @Test
  void withTheChartsArgumentsItWorksAndAnswersTheProbes() throws Exception {
    KubeCluster cluster = KubeCluster.shared();
    cluster.applyCrds(Path.of("crds"));
    String namespace = cluster.newNamespace("image");
    KubernetesClient client = cluster.client();
    try (SandboxServer sandbox = SandboxServer.start(SandboxOptions.inMemory());
        HttpClient http = HttpClient.newHttpClient()) {
      client.load(stream(manifests(sandbox.uri()))).inNamespace(namespace).serverSideApply();
      Path out = Files.createTempFile("image-", ".out");
      Path err = Files.createTempFile("image-", ".err");
      Process process =
          image
              .run(
                  Map.of(
                      "JDK_JAVA_OPTIONS",
                      "-XX:AOTMode=on",
                      "POD_NAME",
                      "planwright-0",
                      "POD_NAMESPACE",
                      namespace,
                      "KUBECONFIG",
                      kubeconfig(cluster).toString()),
                  arguments(namespace))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try {
        await("it listens").atMost(SOON).until(() -> port(out).find());
        Matcher port = port(out);
        assertThat(port.find()).isTrue();
        String address = "http://127.0.0.1:" + port.group(1);
        await("it is ready")
            .atMost(SOON)
            .untilAsserted(
                () -> assertThat(get(http, address + "/readyz")).isEqualTo("200 leading"));
        assertThat(get(http, address + "/healthz")).isEqualTo("200 ok");
        await("the plan is on the backend")
            .atMost(SOON)
            .untilAsserted(() -> assertThat(isReady(client, namespace)).as(log(out, err)).isTrue());
        assertThat(get(http, address + "/metrics")).startsWith("200").contains("planwright_");

        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        // Of a JVM that was asked to end.
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(Files.readString(out)).contains("asked to end");
        assertThat(Files.readString(err)).isEqualTo(note("-XX:AOTMode=on"));
      } finally {
        process.destroyForcibly();
        Files.delete(out);
        Files.delete(err);
      }
    }
  }

  private static boolean isReady(KubernetesClient client, String namespace) {
    Plan plan = client.resources(Plan.class).inNamespace(namespace).withName("team").get();
    return plan.getStatus() != null
        && plan.getStatus().conditions().stream()
            .anyMatch(condition -> condition.type().equals("Ready") && condition.holds());
  }

  private static String log(Path out, Path err) throws IOException {
    return Files.readString(out) + Files.readString(err);
  }

  private static Matcher port(Path out) throws IOException {
    return Pattern.compile("health on port (\\d+)").matcher(Files.readString(out));
  }

  /** The chart's, but on loopback, and on a port that is free. */
  private static List<String> arguments(String namespace) {
    List<String> arguments =
        new ArrayList<>(
            Chart.render("planwright", namespace, "namespaces: [" + namespace + "]").arguments());
    assertThat(arguments.remove("--port=8080")).isTrue();
    arguments.addAll(List.of("--port=0", "--bind-address=127.0.0.1"));
    return arguments;
  }

  /**
   * As the test cluster's, but with the authority inside, for a user who may not read its files.
   */
  private static Path kubeconfig(KubeCluster cluster) throws IOException {
    Path file = Files.createTempFile("image-", ".kubeconfig");
    String text = Files.readString(cluster.kubeconfig());
    Matcher authority = Pattern.compile("certificate-authority: (\\S+)").matcher(text);
    assertThat(authority.find()).isTrue();
    String data =
        Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(authority.group(1))));
    Files.writeString(file, authority.replaceFirst("certificate-authority-data: " + data));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    file.toFile().deleteOnExit();
    return file;
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String manifests(URI sandbox) {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: key, labels: {planwright.dev/credentials: "true"}}
    stringData: {apiKey: sandbox}
    ---
    apiVersion: planwright.dev/v1alpha1
    kind: BillingBackend
    metadata: {name: default}
    spec:
      ownerId: image
      environment: Sandbox
      provider: {http: {url: "%s", credentials: {secretRef: {name: key, key: apiKey}}}}
    ---
    apiVersion: planwright.dev/v1alpha1
    kind: Plan
    metadata: {name: team}
    spec: {key: team, displayName: Team, requiredPrices: [team-monthly]}
    ---
    apiVersion: planwright.dev/v1alpha1
    kind: Price
    metadata: {name: team-monthly}
    spec:
      planRef: {name: team}
      currency: USD
      recurring: {interval: Month}
      flat: {amount: "49.00"}
    """
        .formatted(sandbox);
  }

  private static String get(HttpClient http, String uri) throws Exception {
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body().strip();
  }
}
