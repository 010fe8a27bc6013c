package dev.planwright.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;

/** {@code planwright}: the command line. */
@Command(
    name = "planwright",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Keeps the catalogue of a billing system equal to Kubernetes manifests.",
    // One line for each command.
    subcommands = {
      QuickstartCommand.class,
      OperatorCommand.class,
      SandboxCommand.class,
      ValidateCommand.class,
      CapabilitiesCommand.class
    })
public final class Main {
  private static final String LOG_CONFIGURATION = "log4j2.configurationFile";

  private Main() {}

  /** Runs a command and ends with its exit code. */
  public static void main(String[] args) {
    chooseLogs(args);
    // Said, not waited for: a library's idle thread must not keep a finished command alive.
    System.exit(execute(args));
  }

  /** Runs a command; the exit code is 0, 1 when it failed, or 2 when it was called wrongly. */
  static int execute(String... args) {
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(failures());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  /** A cluster reads JSON, people read lines; both before the first logger is made. */
  private static void chooseLogs(String[] args) {
    boolean forCluster = Arrays.asList(args).indexOf("operator") == 0;
    if (forCluster && System.getProperty(LOG_CONFIGURATION) == null) {
      System.setProperty(LOG_CONFIGURATION, "log4j2-operator.xml");
    }
  }

  private static IExecutionExceptionHandler failures() {
    return (failure, line, parsed) -> {
      switch (failure) {
        case UserMistake mistake -> say(line, text(mistake));
        // A port that is taken, a file that cannot be read.
        case IOException io -> say(line, firstLine(io));
        case ParameterException wrong -> say(line, text(wrong));
        // Ours: whoever mends it needs all of it.
        default -> {
          say(line, "this is a defect of planwright, please report it:");
          failure.printStackTrace(line.getErr());
          line.getErr().flush();
        }
      }
      return ExitCode.SOFTWARE;
    };
  }

  private static void say(CommandLine line, String text) {
    line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + text);
    line.getErr().flush();
  }

  private static String text(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }

  /** The first line of a failure's message; its kind when it has none. */
  static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
    return message.lines().findFirst().orElse("").strip();
  }
}
