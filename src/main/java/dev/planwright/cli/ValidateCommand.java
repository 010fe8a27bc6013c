package dev.planwright.cli;

import dev.planwright.cli.validate.Validator;
import dev.planwright.operator.Providers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code planwright validate}: the check in a pull request. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Says of manifests what the operator would say, without a cluster and without a call: the"
          + " schema, the rules, what they name among each other, and what the billing system can"
          + " express. What only the account can tell is listed as \"cannot tell offline\"."
          + " Documents of other kinds are ignored, and counted."
    },
    footer = {
      "",
      "Exit codes: 0 valid, 1 invalid, 2 something cannot be read as manifests.",
      "",
      "Examples:",
      "  planwright validate manifests/",
      "  kustomize build overlays/production | planwright validate --built-from"
          + " overlays/production -",
      "  planwright validate --backend stigg plan.yaml prices.yaml"
    })
public final class ValidateCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR|-",
      description = "Files, directories with *.yaml, *.yml and *.json, or - for standard input.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = "--backend",
      paramLabel = "PROVIDER",
      description = "The billing system of Plans whose BillingBackend is not among what is given.")
  @Nullable String backend;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      defaultValue = "default",
      description = "Namespace of objects that name none; ${DEFAULT-VALUE} by default.")
  String namespace = "default";

  @Option(
      names = "--allow-http",
      description = "The operator runs with --allow-http: http:// addresses are let through.")
  boolean allowHttp;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, the default, json, or github for annotations of a pull request.")
  Output output = Output.text;

  @Option(
      names = "--built-from",
      paramLabel = "DIR",
      defaultValue = "",
      description =
          "The directory that Kustomize built standard input from: with \"buildMetadata:"
              + " [originAnnotations]\", -o github marks the file that an object comes from.")
  Path builtFrom = Path.of("");

  /** The formats as they are typed. */
  enum Output {
    text,
    json,
    github
  }

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    var providers = Providers.all();
    if (backend != null && !providers.containsKey(backend)) {
      throw new ParameterException(
          line,
          "--backend: \""
              + backend
              + "\" is no provider of this version; use one of "
              + String.join(", ", providers.keySet()));
    }
    Validator.refuseNamespace(namespace)
        .ifPresent(
            why -> {
              throw new ParameterException(line, "--namespace: " + why);
            });
    Validator.Request request =
        new Validator.Request(
            inputs,
            namespace,
            Optional.ofNullable(backend),
            allowHttp,
            Validator.Format.valueOf(output.name().toUpperCase(Locale.ROOT)),
            builtFrom);
    return new Validator(providers, System.in, line.getOut(), line.getErr()).run(request);
  }
}
