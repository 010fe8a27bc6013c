package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.planwright.testing.gitops.GitTools;
import dev.planwright.testing.kube.KubeCluster;
import dev.planwright.testing.kube.Kubectl;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/gitops.md} as a newcomer reads it: each command of it is run, as it stands there. */
class GitOpsPageIT {
  /** The hash that the page shows. */
  private static final String SHOWN_HASH = "9c31d2a07f5e4b18";

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private final List<Block> blocks;
  private final Path folder;
  private final Path programs;

  /** What stands between two fences: a manifest, or commands and what they print. */
  private record Block(String language, String text) {
    boolean isManifest() {
      return language.equals("yaml");
    }

    String command() {
      return text.startsWith("$ ") ? text.substring(2, text.indexOf('\n')) : text;
    }

    String output() {
      return text.startsWith("$ ") ? text.substring(text.indexOf('\n') + 1) : "";
    }
  }

  GitOpsPageIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    blocks =
        BLOCK
            .matcher(Files.readString(Path.of("docs/gitops.md")))
            .results()
            .map(found -> new Block(found.group(1), found.group(2)))
            .toList();
    programs = Files.createDirectory(folder.resolve("programs"));
    Path planwright = programs.resolve("planwright");
    Files.writeString(
        planwright,
        "#!/bin/sh\nexec '%s' -cp '%s' dev.planwright.cli.Main \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                absolute(System.getProperty("java.class.path"))));
    assertThat(planwright.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void fromEditToApproval() throws IOException {
    List<String> manifests = blocks.stream().filter(Block::isManifest).map(Block::text).toList();
    assertThat(manifests).hasSize(2);
    String main = manifests.getFirst();
    String edited = main.replace("49.00", "59.00");
    String approved = manifests.getLast();
    assertThat(edited).isNotEqualTo(main);

    try (Scene scene = new Scene("shop")) {
      scene.applyBackend("");
      scene.startOperator();
      merge(scene, main);
      scene.awaitReady("bplan/team", "bprice/team-monthly");
      scene.control("POST", "/sandbox/plans/team/subscribers", "{\"count\":42}");

      Path production = Files.createDirectory(folder.resolve("production"));
      Files.writeString(production.resolve("team.yaml"), edited);
      assertThat(run(scene, "planwright validate -o github production").exitCode()).isZero();
      Files.writeString(production.resolve("kustomization.yaml"), "resources: [team.yaml]\n");
      assertThat(run(scene, "planwright validate -o github production").exitCode()).isZero();
      assertThat(run(scene, "kubectl kustomize").exitCode()).isZero();
      Files.writeString(production.resolve("team.yaml"), edited.replace("59.00", "59,00"));
      Kubectl.Result mistake = run(scene, "planwright validate -o github production");
      assertThat(mistake.exitCode()).isEqualTo(1);
      assertThat(mistake.stdout()).contains("::error file=production/team.yaml,line=");
      assertThat(run(scene, "kubectl kustomize").exitCode()).isEqualTo(1);

      merge(scene, edited);
      scene.awaitCondition("bplan/team", "Ready", "False", "ApprovalRequired");
      assertThat(columns(run(scene, "kubectl -n shop get bplan team").stdout()))
          .isEqualTo(columns(block("kubectl -n shop get bplan team").output()));
      String pending = "kubectl -n shop get bplan team -o jsonpath";
      String hash = scene.get("bplan/team", "{.status.pendingHash}");
      assertThat(run(scene, pending).stdout())
          .isEqualTo(block(pending).output().replace(SHOWN_HASH, hash));
      assertThat(amount(scene)).isEqualByComparingTo("49");

      merge(scene, edited); // a Git tool does it again and again
      must(scene, block("kubectl -n shop annotate").command().replace(SHOWN_HASH, hash));
      merge(scene, edited);
      must(scene, block("kubectl -n shop wait").command());
      assertThat(amount(scene)).isEqualByComparingTo("59");

      // To go back needs another approval, here one in the manifest, which may stay.
      String back = approved.replace("59.00", "49.00");
      merge(scene, back);
      scene.awaitCondition("bplan/team", "Ready", "False", "ApprovalRequired");
      back = back.replace(SHOWN_HASH, scene.get("bplan/team", "{.status.pendingHash}"));
      merge(scene, back);
      must(scene, block("kubectl -n shop wait").command());
      assertThat(amount(scene)).isEqualByComparingTo("49");
      merge(scene, back.replace("49.00", "59.00"));
      scene.awaitCondition("bplan/team", "Ready", "False", "ApprovalRequired");
      assertThat(amount(scene)).isEqualByComparingTo("49");
    }
  }

  @Test
  void theToolsTakeTheExamplesAsThePageSays() {
    KubeCluster cluster = KubeCluster.shared();
    Path definitions = GitTools.find().definitions();
    cluster.applyCrds(definitions);
    cluster.kubectl().run("create", "namespace", "argocd");
    cluster.kubectl().run("create", "namespace", "shop");
    cluster.kubectl().mustRun("-n", "argocd", "create", "configmap", "argocd-cm");
    try {
      for (String start : List.of("kubectl -n argocd patch", "kubectl apply -f examples/flux")) {
        Kubectl.Result result =
            cluster.kubectl().shell(Path.of("").toAbsolutePath(), programs, block(start).command());
        assertThat(result.ok()).as(result.stderr()).isTrue();
        assertThat(result.stderr()).isEmpty();
      }
      assertThat(
              cluster
                  .kubectl()
                  .mustRun("-n", "argocd", "get", "configmap", "argocd-cm", "-o", "yaml"))
          .contains("resource.customizations.health.planwright.dev_Plan: |");
    } finally {
      cluster.kubectl().mustRun("-n", "argocd", "delete", "configmap", "argocd-cm");
      cluster.kubectl().mustRun("delete", "-f", definitions.toString());
    }
  }

  /** As Argo CD and Flux apply what is on the branch: what Git says is theirs, whoever set it. */
  private static void merge(Scene scene, String yaml) {
    scene
        .kubectl()
        .mustRunWithInput(
            yaml.replace("namespace: shop", "namespace: " + scene.namespace),
            "apply",
            "--server-side",
            "--force-conflicts",
            "--field-manager=git-tool",
            "-f",
            "-");
  }

  /** The block whose command starts so. */
  private Block block(String start) {
    return blocks.stream()
        .filter(block -> !block.isManifest() && block.command().startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no block of the page starts with: " + start));
  }

  private Kubectl.Result run(Scene scene, String start) {
    return shell(scene, block(start).command());
  }

  private void must(Scene scene, String command) {
    Kubectl.Result result = shell(scene, command);
    assertThat(result.ok()).as(result.stderr()).isTrue();
  }

  private Kubectl.Result shell(Scene scene, String command) {
    return scene
        .kubectl()
        .shell(folder, programs, command.replace("-n shop", "-n " + scene.namespace));
  }

  private static BigDecimal amount(Scene scene) throws IOException {
    return new BigDecimal(
        new ObjectMapper()
            .readTree(scene.control("GET", "/plans/team", "").body())
            .at("/prices/0/flat/amount")
            .asText());
  }

  /** A table without its spaces, the id that the billing system gave, and its age. */
  private static List<String> columns(String table) {
    return table
        .lines()
        .map(line -> line.strip().split(" +"))
        .map(words -> String.join(" ", List.of(words).subList(0, 5)) + " " + words[6])
        .toList();
  }

  private static String absolute(String classPath) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(classPath)
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .reduce((all, entry) -> all + File.pathSeparator + entry)
        .orElse("");
  }
}
