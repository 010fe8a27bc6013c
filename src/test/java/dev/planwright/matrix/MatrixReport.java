package dev.planwright.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the matrix of one backend found, with counts. */
final class MatrixReport {
  private static final Path DIRECTORY = Path.of("target", "crash-matrix");

  private final String backend;
  private final List<Row> rows = new ArrayList<>();

  MatrixReport(String backend) {
    this.backend = backend;
  }

  /** One scenario. */
  static final class Row {
    private final Scenario scenario;
    private final Trial.Ending clean;
    private final List<String> failures = new ArrayList<>();
    private int runs;
    private int duplicates;
    private int leaks;
    private int refusals;

    private Row(Scenario scenario, Trial.Ending clean) {
      this.scenario = scenario;
      this.clean = clean;
    }

    void ran() {
      runs++;
    }

    /** It ended in a refusal that names the way out, which a lost status allows. */
    void refused() {
      refusals++;
    }

    void fail(String where, String what) {
      failures.add(scenario + ": " + where + ": " + what);
    }

    void duplicate(String where, List<String> objects) {
      duplicates += objects.size();
      fail(where, "duplicate " + objects);
    }

    void leak(String where, List<String> objects) {
      leaks += objects.size();
      fail(where, "leak " + objects);
    }

    int boundaries() {
      return clean.boundaries().size();
    }

    /**
     * What the boundaries are counted against: by the server and by the status, not by the plot.
     */
    long effects() {
      return clean.serverWrites() + clean.statusWrites();
    }

    private long faults() {
      return clean.boundaries().stream().mapToLong(b -> Fault.of(b.kind()).size()).sum();
    }
  }

  Row scenario(Scenario scenario, Trial.Ending clean) {
    Row row = new Row(scenario, clean);
    rows.add(row);
    return row;
  }

  List<String> failures() {
    return rows.stream().flatMap(row -> row.failures.stream()).toList();
  }

  /** Scenarios with fewer boundaries than calls and status writes: something was not stopped at. */
  List<String> gaps() {
    return rows.stream()
        .filter(row -> row.boundaries() < row.effects() || (row.boundaries() > 0 && row.runs == 0))
        .map(
            row ->
                "%s: %d boundaries, %d calls and status writes, %d runs"
                    .formatted(row.scenario, row.boundaries(), row.effects(), row.runs))
        .toList();
  }

  int runs() {
    return rows.stream().mapToInt(row -> row.runs).sum();
  }

  int boundaries() {
    return rows.stream().mapToInt(Row::boundaries).sum();
  }

  int duplicates() {
    return rows.stream().mapToInt(row -> row.duplicates).sum();
  }

  int leaks() {
    return rows.stream().mapToInt(row -> row.leaks).sum();
  }

  int refusals() {
    return rows.stream().mapToInt(row -> row.refusals).sum();
  }

  /** One line for the summary of all backends. */
  String summary() {
    return "%-14s scenarios %2d  boundaries %3d  runs %5d  duplicates %d  leaks %d  refusals %d  failures %d"
        .formatted(
            backend,
            rows.size(),
            boundaries(),
            runs(),
            duplicates(),
            leaks(),
            refusals(),
            failures().size());
  }

  String text() {
    StringBuilder text = new StringBuilder(summary()).append("\n\n");
    for (Row row : rows) {
      text.append(
          "%-46s boundaries %2d (calls and status writes %2d)  boundary x fault %3d  runs %4d  duplicates %d  leaks %d  refusals %d%n"
              .formatted(
                  row.scenario,
                  row.boundaries(),
                  row.effects(),
                  row.faults(),
                  row.runs,
                  row.duplicates,
                  row.leaks,
                  row.refusals));
      text.append("    ends as ").append(row.scenario.end()).append('\n');
      row.clean
          .boundaries()
          .forEach(
              boundary ->
                  text.append("    ")
                      .append(boundary)
                      .append("  ")
                      .append(
                          Fault.of(boundary.kind()).stream()
                              .map(Fault::name)
                              .collect(Collectors.joining(" ")))
                      .append('\n'));
    }
    failures().forEach(failure -> text.append("FAILED ").append(failure).append('\n'));
    return text.toString();
  }

  /** Writes {@code target/crash-matrix/<backend>.txt}. */
  void write() throws IOException {
    Files.createDirectories(DIRECTORY);
    Files.writeString(DIRECTORY.resolve(backend + ".txt"), text());
  }

  static void writeSummary(List<MatrixReport> reports) throws IOException {
    Files.createDirectories(DIRECTORY);
    Files.writeString(
        DIRECTORY.resolve("summary.txt"),
        reports.stream().map(MatrixReport::summary).collect(Collectors.joining("\n", "", "\n")));
  }
}
