package dev.planwright.testing.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeBinariesTest {
  private final Path folder;
  private final Path module;
  private final Path cached;

  KubeBinariesTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    module = Files.createDirectory(folder.resolve("module"));
    Files.writeString(module.resolve("go.sum"), "abc");
    // SHA-256 of "abc", as sha256sum prints it for the script.
    cached = folder.resolve("cache/kube/ba7816bf8f01cfea");
  }

  @Test
  void aFolderNamedByThePersonWinsOverTheCache() throws IOException {
    Files.createDirectories(cached);
    Path assets = program("assets", "etcd", "kube-apiserver", "kubectl");

    KubeBinaries found = find(Map.of("KUBEBUILDER_ASSETS", assets.toString()));

    assertThat(found.directory()).isEqualTo(assets);
    assertThat(found.controllerManager()).isEmpty();
  }

  @Test
  void aFolderNamedByThePersonThatLacksAProgramIsAnErrorThatNamesIt() throws IOException {
    Files.createDirectories(cached);
    Path assets = program("assets", "etcd", "kubectl");

    assertThatThrownBy(() -> find(Map.of("KUBEBUILDER_ASSETS", assets.toString())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(assets.toString())
        .hasMessageContaining("no executable kube-apiserver.");
  }

  @Test
  void theCacheOfOurOwnBuildIsUsedWithoutGo() throws IOException {
    Files.createDirectories(cached);

    assertThat(find(Map.of("PATH", "")).directory()).isEqualTo(cached);
  }

  @Test
  void theCacheFollowsTheUsualVariablesInTheScriptsOrder() {
    Path sum = module.resolve("go.sum");
    assertThat(KubeBinaries.cacheDirectory(Map.of("HOME", "/h"), sum))
        .isEqualTo(Path.of("/h/.cache/planwright/kube/ba7816bf8f01cfea"));
    assertThat(KubeBinaries.cacheDirectory(Map.of("HOME", "/h", "XDG_CACHE_HOME", "/x"), sum))
        .isEqualTo(Path.of("/x/planwright/kube/ba7816bf8f01cfea"));
    assertThat(
            KubeBinaries.cacheDirectory(
                Map.of("HOME", "/h", "XDG_CACHE_HOME", "/x", "PLANWRIGHT_CACHE", "/p"), sum))
        .isEqualTo(Path.of("/p/kube/ba7816bf8f01cfea"));
  }

  @Test
  void withNeitherProgramsNorGoTheMessageSaysBothWaysOut() {
    assertThatThrownBy(() -> find(Map.of("PATH", folder.toString())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("install Go")
        .hasMessageContaining("KUBEBUILDER_ASSETS")
        .hasMessageContaining(cached.toString());
  }

  @Test
  void withGoTheBuildIsRunAndItsFolderUsed() throws IOException {
    Files.writeString(module.resolve("build"), "echo /built/here\n");
    Path go = program("bin", "go");

    assertThat(find(Map.of("PATH", go.toString())).directory()).isEqualTo(Path.of("/built/here"));
  }

  @Test
  void aBuildThatFailsIsAnErrorWithItsExitCode() throws IOException {
    Files.writeString(module.resolve("build"), "exit 7\n");
    Path go = program("bin", "go");

    assertThatThrownBy(() -> find(Map.of("PATH", go.toString())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exit code 7");
  }

  private KubeBinaries find(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("PLANWRIGHT_CACHE", folder.resolve("cache").toString());
    return KubeBinaries.find(all, module);
  }

  private Path program(String directory, String... names) throws IOException {
    Path all = Files.createDirectory(folder.resolve(directory));
    for (String name : names) {
      assertThat(Files.createFile(all.resolve(name)).toFile().setExecutable(true)).isTrue();
    }
    return all;
  }
}
