package dev.planwright.backend;

import static dev.planwright.catalog.Policies.Deletion.ARCHIVE;
import static dev.planwright.catalog.Policies.Deletion.DELETE;
import static dev.planwright.catalog.Policies.Deletion.RETAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.catalog.Policies;
import dev.planwright.testing.FakeBilling;
import dev.planwright.testing.VirtualClock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OnDeleteTest {
  private final FakeBilling billing = new FakeBilling();

  @Test
  void whatDeletingWouldDoIsSaidInWords() {
    Map<Capability, String> all = Map.of(Capability.ARCHIVE, "yes", Capability.DELETE, "yes");

    assertThat(said(RETAIN, all)).isEqualTo("left as it is (Retain)");
    assertThat(said(ARCHIVE, all)).isEqualTo("no longer sold, subscribers go on (Archive)");
    assertThat(said(DELETE, all)).isEqualTo("deleted when nobody subscribes (Delete)");
  }

  @Test
  void theConditionOfADeletionIsSaid() {
    Map<Capability, String> some =
        Map.of(Capability.ARCHIVE, "WithoutSubscribers", Capability.DELETE, "NeverPublishedOnly");

    assertThat(said(ARCHIVE, some))
        .isEqualTo("no longer sold, else refused: WithoutSubscribers (Archive)");
    assertThat(said(DELETE, some)).isEqualTo("deleted, else refused: NeverPublishedOnly (Delete)");
  }

  @Test
  void aDeletionThatWouldBeRefusedIsNotPromisedWhateverTheTableSays() {
    billing.neverDeletes = Optional.of(new Removal.Impossible("it never deletes", "use Retain"));

    assertThat(said(DELETE, Map.of(Capability.DELETE, "yes")))
        .isEqualTo("refused, and it would wait: it never deletes; use Retain (Delete)");
    assertThat(said(ARCHIVE, Map.of(Capability.ARCHIVE, "yes"))).startsWith("no longer sold");
  }

  private String said(Policies.Deletion policy, Map<Capability, String> words) {
    return OnDelete.of(
        policy,
        billing.provider(new VirtualClock()),
        AccountFacts.unknown(),
        new Capabilities(words));
  }
}
