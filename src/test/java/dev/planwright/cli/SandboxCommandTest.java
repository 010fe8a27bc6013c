package dev.planwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.sandbox.SandboxOptions;
import dev.planwright.sandbox.SandboxServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SandboxCommandTest {
  @Test
  void aTakenPortIsOneLineAndExitCodeOne() throws Exception {
    StringWriter err = new StringWriter();
    try (SandboxServer server = SandboxServer.start(SandboxOptions.inMemory())) {
      int code =
          new CommandLine(new SandboxCommand())
              .setErr(new PrintWriter(err, true))
              .execute("--port", String.valueOf(server.uri().getPort()));

      assertThat(code).isEqualTo(1);
    }
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("planwright sandbox: cannot listen on 127.0.0.1:");
  }

  @Test
  void anUnknownEnvironmentIsRefusedWithTheKnownOnes() {
    StringWriter err = new StringWriter();

    int code =
        new CommandLine(new SandboxCommand())
            .setErr(new PrintWriter(err, true))
            .execute("--environment", "Staging");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("Sandbox, Production");
  }
}
