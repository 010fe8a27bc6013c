package dev.planwright.cli;

import dev.planwright.cli.quickstart.Quickstart;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code planwright quickstart}: the main job with nothing else installed. */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Applies the manifests of a directory to an embedded API server and a sandbox billing system,",
      "and shows what becomes of them and of each edit. Nothing outside of this process is called:",
      "every BillingBackend is pointed at the sandbox."
    },
    footer = {
      "",
      "Exit codes: 0 everything is ready (--once), or it was stopped; 1 not ready in time;",
      "2 the directory cannot be used."
    })
public final class QuickstartCommand implements Callable<Integer> {
  /** A person who presses Ctrl-C waits no longer than this. */
  private static final Duration STOP = Duration.ofMillis(1800);

  @Spec @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "examples/quickstart",
      description = "Directory with *.yaml and *.yml files; ${DEFAULT-VALUE} by default.")
  Path directory = Path.of("examples/quickstart");

  @Option(names = "--once", description = "Ends when everything is ready, or after the timeout.")
  boolean once;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = Time.class,
      description =
          "How long to wait for everything to be ready, such as 90s or 2m; ${DEFAULT-VALUE} by default.")
  Duration timeout = Duration.ofSeconds(60);

  @Option(
      names = "--keep-database",
      paramLabel = "FILE",
      description = "File in which the sandbox keeps everything until the next time.")
  @Nullable Path database;

  @Override
  public Integer call() throws IOException {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    Quickstart quickstart =
        new Quickstart(
            new Quickstart.Settings(
                directory,
                once,
                timeout,
                Optional.ofNullable(database),
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)),
            line.getOut(),
            line.getErr(),
            Clock.system(ZoneId.systemDefault()));
    Thread hook = new Thread(() -> quickstart.stop(STOP), "quickstart-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    return quickstart.run();
  }

  /** {@code 90}, {@code 90s} or {@code 2m}. */
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      String time = text.strip().toLowerCase(Locale.ROOT);
      if (!time.matches("[0-9]{1,6}[sm]?")) {
        throw new TypeConversionException("\"" + text + "\" is not a time such as 60s or 2m");
      }
      boolean minutes = time.endsWith("m");
      long number = Long.parseLong(time.replaceAll("[sm]$", ""));
      return minutes ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
    }
  }
}
