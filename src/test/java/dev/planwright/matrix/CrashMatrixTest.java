package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever breaks, wherever it breaks: the same end, nothing twice, nothing left behind. */
class CrashMatrixTest {
  private static final List<MatrixReport> REPORTS = new ArrayList<>();

  static List<BackendUnderTest> backends() {
    return Backends.ALL;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void everyFaultAtEveryBoundaryEndsAsIfNothingHadHappened(BackendUnderTest backend)
      throws IOException {
    MatrixReport report = Matrix.run(backend);
    report.write();
    REPORTS.add(report);
    assertThat(report.failures()).as(report.summary()).isEmpty();
    assertThat(report.gaps()).as("boundaries that were not stopped at").isEmpty();
    assertThat(report.duplicates()).isZero();
    assertThat(report.leaks()).isZero();
    assertThat(report.runs()).isPositive();
  }

  @AfterAll
  static void summary() throws IOException {
    MatrixReport.writeSummary(REPORTS);
  }
}
