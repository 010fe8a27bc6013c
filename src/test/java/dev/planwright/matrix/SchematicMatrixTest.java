package dev.planwright.matrix;
import static org.assertj.core.api.Assertions.assertThat;
import org.junit.jupiter.api.Test;
class SchematicMatrixTest {
  @Test
  void all() {
    MatrixReport report = Matrix.run(new SchematicUnderTest(Boolean.getBoolean("drafts")));
    assertThat(report.failures()).as(report.summary()).isEmpty();
    assertThat(report.gaps()).isEmpty();
  }
}
