import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Writes a base image of one file, as {@code docker save} would, for building our image where there
 * is no registry. Like a real base it has an entry point, a command, an environment and a label of
 * its own, so that a test can see what becomes of them.
 *
 * <p>Usage: {@code BaseImage FILE}.
 */
public final class BaseImage {
  private static final int BLOCK = 512;

  private BaseImage() {}

  public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
    byte[] layer = tar("etc/os-release", bytes("ID=base\n"));
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(layer));
    String config =
        """
        {"architecture":"amd64","os":"linux","created":"2025-09-16T00:00:00Z",
         "config":{"Entrypoint":["/__cacert_entrypoint.sh"],"Cmd":["jshell"],"User":"root",
          "Env":["PATH=/opt/java/openjdk/bin:/usr/bin:/bin","JAVA_HOME=/opt/java/openjdk","LANG=en_US.UTF-8"],
          "Labels":{"org.opencontainers.image.title":"base","base":"kept"}},
         "history":[{"created":"2025-09-16T00:00:00Z","created_by":"base"}],
         "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}
        """
            .formatted(digest);
    String manifest =
        """
        [{"Config":"config.json","RepoTags":["base:25"],"Layers":["layer.tar"]}]
        """;
    Path file = Path.of(args[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    entry(all, "config.json", bytes(config));
    entry(all, "layer.tar", layer);
    entry(all, "manifest.json", bytes(manifest));
    end(all);
    Files.write(file, all.toByteArray());
  }

  private static byte[] tar(String name, byte[] content) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    entry(tar, name, content);
    end(tar);
    return tar.toByteArray();
  }

  /** One file, in the format of POSIX 1003.1-1988 (ustar). */
  private static void entry(ByteArrayOutputStream tar, String name, byte[] content)
      throws IOException {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(content.length));
    put(header, 136, "00000000001\0");
    // The checksum counts its own field as blanks.
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte each : header) {
      sum += each;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    tar.write(header);
    tar.write(content);
    tar.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  private static void end(ByteArrayOutputStream tar) throws IOException {
    tar.write(new byte[2 * BLOCK]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = bytes(text);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
