package dev.planwright.cli.capabilities;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.planwright.backend.Capability;
import dev.planwright.operator.Providers;
import dev.planwright.testing.Generated;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapabilityTableTest {
  private static final CapabilityTable ALL = new CapabilityTable(Providers.all().values());

  @Test
  void theReadmeHasTheTableOfTheCode() throws IOException {
    Generated.part(Path.of("README.md"), "capabilities", ALL.markdown(), CapabilityTableTest.class);
  }

  @Test
  void everyFormatHasEveryQuestionAndEveryProvider() throws IOException {
    JsonNode json = new ObjectMapper().readTree(ALL.json());

    assertThat(ALL.text()).hasLineCount(Capability.values().length + 1);
    assertThat(ALL.markdown()).hasLineCount(Capability.values().length + 2);
    Providers.all()
        .forEach(
            (name, factory) -> {
              assertThat(ALL.text().lines().findFirst().orElse("")).contains("  " + name);
              for (Capability capability : Capability.values()) {
                String word = factory.capabilities().word(capability);
                assertThat(json.path(name).path(capability.toString()).asText()).isEqualTo(word);
                assertThat(ALL.text().lines())
                    .anyMatch(line -> line.startsWith(capability + " ") && line.contains(word));
              }
            });
  }
}
