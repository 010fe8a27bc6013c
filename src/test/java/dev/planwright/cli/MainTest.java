package dev.planwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class MainTest {
  private record Run(int code, String out, String err) {}

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return new Run(line.execute(arguments), out.toString(), err.toString());
  }

  @Test
  void helpNamesEveryCommand() {
    Run run = run("--help");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("operator").contains("sandbox");
  }

  @Test
  void aCommandThatDoesNotExistIsToldWithTheNearestOne() {
    Run run = run("operatr");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("operatr").contains("planwright operator");
  }

  @Test
  void aNamespaceThatCannotExistIsToldInOneLine() {
    Run run = run("operator", "--namespaces", "shop,A_b");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("--namespaces").contains("A_b").hasLineCount(1);
  }

  @Test
  void aKubeconfigThatIsNotThereIsToldInOneLine() {
    Run run = run("operator", "--kubeconfig", "/nowhere/at/all");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("--kubeconfig /nowhere/at/all").hasLineCount(1);
  }
}
