package dev.planwright.cli;

import dev.planwright.sandbox.SandboxOptions;
import dev.planwright.sandbox.SandboxServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code planwright sandbox}: the reference server of the open protocol, until it is stopped. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = "Runs a small billing system that speaks the open protocol, to try things on.")
public final class SandboxCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port to listen on; 0, the default, lets the system choose.")
  int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on; only this machine by default.")
  String host = "127.0.0.1";

  @Option(
      names = "--database",
      paramLabel = "FILE",
      description = "File that keeps everything; in memory when left out.")
  @Nullable Path database;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      defaultValue = "sandbox",
      description = "Key that clients send; \"sandbox\" by default.")
  String apiKey = "sandbox";

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      defaultValue = "Sandbox",
      description = "What it says it is: Sandbox, the default, or Production.")
  Environment environment = Environment.Sandbox;

  @Option(
      names = "--account",
      paramLabel = "ID",
      defaultValue = "acct_sandbox",
      description = "Account that the key opens; acct_sandbox by default.")
  String account = "acct_sandbox";

  /** What the server may say it is, as it is typed. */
  enum Environment {
    Sandbox,
    Production
  }

  @Override
  public Integer call() throws InterruptedException {
    SandboxOptions options =
        SandboxOptions.inMemory()
            .withHost(host)
            .withPort(port)
            .withApiKey(apiKey)
            .withAccount(account, "Sandbox")
            .withEnvironment(environment.name());
    if (database != null) {
      options = options.withDatabase(database);
    }
    SandboxServer server;
    try {
      server = SandboxServer.start(options);
    } catch (IOException | IllegalArgumentException e) {
      writer(true).println("planwright sandbox: " + e.getMessage());
      return 1;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "sandbox-stop"));
    PrintWriter out = writer(false);
    out.println("sandbox listens on " + server.uri());
    out.println(database == null ? "in memory: stopping it forgets all" : "kept in " + database);
    out.flush();
    stopped.await();
    return 0;
  }

  private PrintWriter writer(boolean error) {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    return error ? line.getErr() : line.getOut();
  }
}
