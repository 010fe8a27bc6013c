package dev.planwright.matrix;

import org.junit.jupiter.api.Test;

class OnlyPaygenticTest {
  @Test
  void run() throws Exception {
    MatrixReport report = Matrix.run(new PaygenticUnderTest());
    report.write();
    System.out.println(report.summary());
    report.failures().stream().limit(12).forEach(it -> System.out.println(it.length() > 300 ? it.substring(0, 300) : it));
    System.out.println(report.gaps());
    org.assertj.core.api.Assertions.assertThat(report.failures().size()).isZero();
  }
}
