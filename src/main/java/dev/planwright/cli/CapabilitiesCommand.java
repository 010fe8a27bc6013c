package dev.planwright.cli;

import dev.planwright.backend.ProviderFactory;
import dev.planwright.cli.capabilities.CapabilityTable;
import dev.planwright.operator.Providers;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code planwright capabilities}: what each billing system can express. */
@Command(
    name = "capabilities",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Lists what each billing system can express: yes, no, or a word that says how. It is what the"
          + " operator decides by; \"planwright validate\" says it of your manifests."
    })
public final class CapabilitiesCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROVIDER",
      description = "One billing system; all when left out.")
  @Nullable String provider;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, the default, json or markdown.")
  Output output = Output.table;

  /** The formats as they are typed. */
  enum Output {
    table,
    json,
    markdown
  }

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    CapabilityTable table = new CapabilityTable(chosen(line, Providers.all()));
    PrintWriter out = line.getOut();
    out.print(
        switch (output) {
          case table -> table.text();
          case json -> table.json();
          case markdown -> table.markdown();
        });
    out.flush();
    return 0;
  }

  private Collection<ProviderFactory> chosen(CommandLine line, Map<String, ProviderFactory> all) {
    if (provider == null) {
      return all.values();
    }
    ProviderFactory one = all.get(provider);
    if (one == null) {
      throw new ParameterException(
          line,
          "\""
              + provider
              + "\" is no provider of this version; use one of "
              + String.join(", ", all.keySet()));
    }
    return List.of(one);
  }
}
