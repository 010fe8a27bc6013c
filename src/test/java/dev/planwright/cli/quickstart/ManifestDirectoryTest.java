package dev.planwright.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestDirectoryTest {

  private Path root;
  private ManifestDirectory directory;

  @BeforeEach
  void directory(@TempDir Path root) {
    this.root = root;
    directory = new ManifestDirectory(root);
  }

  private static String price(String name, String amount) {
    return """
        # a comment
        apiVersion: planwright.dev/v1alpha1
        kind: Price
        metadata: {name: %s, namespace: shop}
        spec:
          planRef: {name: team}
          currency: USD
          recurring: {interval: Month}
          flat: {amount: %s}
        """
        .formatted(name, amount);
  }

  private Path write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  /** Two looks: a change counts when it stays. */
  private void settle() {
    directory.look();
    directory.look();
  }

  @Test
  void filesAreReadRecursivelyWithSeveralDocuments() throws IOException {
    write("a.yaml", price("one", "\"1\"") + "---\n" + price("two", "\"2\"") + "---\n");
    write("sub/b.yml", price("three", "\"3\""));
    write("notes.txt", "not a manifest");
    directory.look();

    assertThat(directory.manifests().keySet())
        .extracting(ObjectRef::name)
        .containsExactly("one", "three", "two");
    assertThat(directory.problems()).isEmpty();
  }

  @Test
  void aBrokenFileKeepsItsObjectsAndNamesFileAndLine() throws IOException {
    write("a.yaml", price("one", "\"1\""));
    directory.look();
    Path file = write("a.yaml", price("one", "\"1\"") + "  flat: [oops\n");
    settle();

    assertThat(directory.manifests()).hasSize(1);
    assertThat(directory.problems()).hasSize(1);
    assertThat(directory.problems().getFirst().toString()).matches(file + ":\\d+: .+");
  }

  @Test
  void anEmptiedFileKeepsItsObjects() throws IOException {
    write("a.yaml", price("one", "\"1\""));
    directory.look();
    write("a.yaml", "");
    settle();

    assertThat(directory.manifests()).hasSize(1);
    assertThat(directory.problems()).singleElement().asString().contains("is empty now");
  }

  @Test
  void aFileThatIsGoneForOneLookOnlyIsNotDeleted() throws IOException {
    Path file = write("a.yaml", price("one", "\"1\""));
    directory.look();
    Files.delete(file);
    assertThat(directory.look()).isFalse();
    assertThat(directory.manifests()).hasSize(1);

    assertThat(directory.look()).isTrue();
    assertThat(directory.manifests()).isEmpty();
  }

  @Test
  void anEditCountsWhenTwoLooksSeeTheSame() throws IOException {
    write("a.yaml", price("one", "\"1\""));
    directory.look();
    write("a.yaml", price("one", "\"1000\""));
    assertThat(directory.look()).isFalse();
    assertThat(directory.look()).isTrue();
    assertThat(directory.look()).isFalse();
  }

  @Test
  void anAmountWithoutQuotesIsRefusedInsteadOfRead() throws IOException {
    write("a.yaml", price("one", "49.00"));
    directory.look();

    assertThat(directory.manifests()).isEmpty();
    assertThat(directory.problems())
        .singleElement()
        .asString()
        .contains("Price one: spec.flat.amount:")
        .contains("must be a string");
  }

  @Test
  void aFieldThatDoesNotExistIsNamed() throws IOException {
    write("a.yaml", price("one", "\"1\"") + "  curency: EUR\n");
    directory.look();
    assertThat(directory.problems())
        .singleElement()
        .asString()
        .contains("Price one: there is no field spec.curency");
  }

  @Test
  void aFieldThatIsThereTwiceIsRefused() throws IOException {
    write("a.yaml", price("one", "\"1\"") + "  currency: EUR\n");
    directory.look();
    assertThat(directory.problems()).singleElement().asString().contains("uplicate field");
  }

  @Test
  void anObjectInTwoFilesIsSaidAndTheFirstCounts() throws IOException {
    write("a.yaml", price("one", "\"1\""));
    write("b.yaml", price("one", "\"2\""));
    directory.look();

    assertThat(directory.problems()).singleElement().asString().contains("b.yaml:").contains("too");
    assertThat(directory.manifests().values())
        .singleElement()
        .satisfies(one -> assertThat(one.file().getFileName().toString()).isEqualTo("a.yaml"));
  }

  @Test
  void aKindThatIsNoneOfOursIsRefused() throws IOException {
    write("a.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n");
    directory.look();
    assertThat(directory.problems()).singleElement().asString().contains("apps/v1 Deployment");
  }
}
