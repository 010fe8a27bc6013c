package dev.planwright.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VendorContractsTest {
  @Test
  void withoutADirectoryNothingIsChecked() {
    assertThat(VendorContracts.find("bxb", Optional.empty(), false)).isEmpty();
  }

  @Test
  void inContinuousIntegrationItIsNeverLeftOut() {
    assertThatThrownBy(() -> VendorContracts.find("bxb", Optional.empty(), true))
        .hasMessageContaining("PLANWRIGHT_CONTRACTS");
  }

  @Test
  void aDirectoryWithoutTheSchemaIsAMistake(@TempDir Path empty) {
    assertThatThrownBy(() -> VendorContracts.find("bxb", Optional.of(empty.toString()), false))
        .hasMessageContaining("openapi/bxb.json");
  }
}
