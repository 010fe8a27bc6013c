package dev.planwright.testing.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who may come in: an administrator, and plain users with no right that no test granted.
 *
 * @param tokens bearer token of each user, made anew for each cluster
 */
record KubeCredentials(Map<String, String> tokens) {
  static final String ADMIN = "admin";

  static KubeCredentials forUsers(Collection<String> plainUsers) {
    SequencedMap<String, String> tokens = new LinkedHashMap<>();
    tokens.put(ADMIN, newToken());
    plainUsers.forEach(user -> tokens.put(user, newToken()));
    return new KubeCredentials(tokens);
  }

  /**
   * Token of this user.
   *
   * @throws IllegalArgumentException when the cluster was started without this user
   */
  String token(String user) {
    String token = tokens.get(user);
    if (token == null) {
      throw new IllegalArgumentException(
          "no user %s in this cluster, only %s".formatted(user, tokens.keySet()));
    }
    return token;
  }

  /** Writes the file for {@code --token-auth-file}: token, user, uid, groups. */
  void writeTokenFile(Path file) throws IOException {
    String lines =
        tokens.entrySet().stream()
            .map(
                user ->
                    "%s,%s,%s-uid%s"
                        .formatted(
                            user.getValue(),
                            user.getKey(),
                            user.getKey(),
                            user.getKey().equals(ADMIN) ? ",\"system:masters\"" : ""))
            .collect(Collectors.joining("\n", "", "\n"));
    writePrivately(file, lines);
  }

  /** Writes the key that signs service account tokens. */
  static void writeServiceAccountKey(Path file) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      writePrivately(
          file,
          """
          -----BEGIN PRIVATE KEY-----
          %s
          -----END PRIVATE KEY-----
          """
              .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has RSA", e);
    }
  }

  /** Writes a kubeconfig whose only user is the bearer of this token. */
  static Path writeKubeconfig(Path file, String server, Path authority, String token)
      throws IOException {
    return writePrivately(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters:
          - name: test
            cluster:
              server: %s
              certificate-authority: %s
        contexts:
          - name: test
            context:
              cluster: test
              user: test
        users:
          - name: test
            user:
              token: %s
        """
            .formatted(server, authority, token));
  }

  private static Path writePrivately(Path file, String content) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, content);
  }

  private static String newToken() {
    return UUID.randomUUID().toString();
  }
}
