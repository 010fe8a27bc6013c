package dev.planwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code validate} and {@code capabilities} as they are typed. */
class ValidateCommandTest {
  private static final String CUSTOM =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: Plan
      metadata: {name: team}
      spec: {displayName: Team, pricing: Custom}
      """;

  private record Run(int code, String out, String err) {}

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return new Run(line.execute(arguments), out.toString(), err.toString());
  }

  @Test
  void theExitCodeTellsValidInvalidAndUnusable(@TempDir Path folder) throws IOException {
    Path valid = Files.writeString(folder.resolve("valid.yaml"), CUSTOM);
    Path invalid = Files.writeString(folder.resolve("no.yaml"), CUSTOM.replace("Custom", "Costum"));
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "{{ .Values }}: [");

    assertThat(run("validate", valid.toString()).code()).isZero();
    assertThat(run("validate", invalid.toString()).code()).isEqualTo(1);
    assertThat(run("validate", broken.toString()).code()).isEqualTo(2);
    assertThat(run("validate", invalid.toString(), broken.toString()).code()).isEqualTo(2);
    assertThat(run("validate", invalid.toString()).out())
        .contains(invalid + ":4:27: error: Plan default/team spec.pricing \"Costum\"")
        .contains("did you mean Custom?");
  }

  @Test
  void theBackendTheNamespaceAndTheFormatAreOptions(@TempDir Path folder) throws IOException {
    String file = Files.writeString(folder.resolve("plan.yaml"), CUSTOM).toString();

    assertThat(run("validate", "--backend", "http", file).code()).isZero();
    assertThat(run("validate", "--backend", "bxb", "-n", "shop", file).out())
        .contains("error: Plan shop/team spec.pricing \"Custom\": bxb has no plan without prices");
    Run json = run("validate", "-o", "json", "--backend", "bxb", file);
    assertThat(new ObjectMapper().readTree(json.out()).path("valid").asBoolean(true)).isFalse();
    assertThat(run("validate", "-o", "github", "--backend", "bxb", file).out())
        .contains("::error file=")
        .contains("title=NotExpressible::");
  }

  @Test
  void whatIsTypedWronglyIsToldWithWhatThereIs() {
    assertThat(run("validate").code()).isEqualTo(2);
    Run unknown = run("validate", "--backend", "bbx", "-");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("--backend: \"bbx\"").contains("bxb, ").contains("http");
    Run namespace = run("validate", "-n", "Shop X", "-");
    assertThat(namespace.code()).isEqualTo(2);
    assertThat(namespace.err())
        .contains(
            "--namespace: \"Shop X\" is no name of a namespace; use at most 63 small letters");
    assertThat(run("validate", "-o", "xml", "-").code()).isEqualTo(2);
    Run none = run("capabilities", "bbx");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("\"bbx\" is no provider of this version").contains("bxb, ");
  }

  @Test
  void httpAddressesAreLetThroughWhereTheOperatorDoes(@TempDir Path folder) throws IOException {
    String file =
        Files.writeString(
                folder.resolve("backend.yaml"),
                """
                apiVersion: planwright.dev/v1alpha1
                kind: BillingBackend
                metadata: {name: default}
                spec:
                  ownerId: shop
                  provider: {http: {url: "http://a.example.com/", credentials: {secretRef: {name: s, key: k}}}}
                """)
            .toString();

    assertThat(run("validate", file).out()).contains("error: ").contains("in the clear");
    assertThat(run("validate", "-o", "json", file).out()).contains("\"InsecureUrl\"");
    assertThat(run("validate", "--allow-http", file).code()).isZero();
  }

  @Test
  void capabilitiesOfOneAndOfAll() {
    assertThat(run("capabilities").out()).contains("bxb", "http", "severalIntervals");
    assertThat(run("capabilities", "bxb").out()).doesNotContain("http").contains("NotBilledOnly");
    assertThat(run("capabilities", "bxb", "-o", "markdown").out())
        .startsWith("| capability | what is asked | bxb |\n|---|---|---|\n");
    assertThat(run("capabilities", "bxb", "-o", "json").out()).contains("\"flat\" : \"yes\"");
  }
}
