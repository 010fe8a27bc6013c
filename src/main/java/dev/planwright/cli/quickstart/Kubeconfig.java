package dev.planwright.cli.quickstart;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file for {@code kubectl}, there for as long as the embedded API server is. */
record Kubeconfig(Path file, URI server) implements AutoCloseable {
  static Kubeconfig write(URI server) throws IOException {
    Path file = Files.createTempFile("planwright-quickstart-", ".kubeconfig");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: quickstart, cluster: {server: "%s"}}]
        contexts: [{name: quickstart, context: {cluster: quickstart, user: quickstart}}]
        users: [{name: quickstart, user: {}}]
        current-context: quickstart
        """
            .formatted(server));
    return new Kubeconfig(file, server);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
