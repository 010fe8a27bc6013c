package dev.planwright.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * A container image as {@code docker save} writes it.
 *
 * @param archive the file
 * @param manifest of its one image
 * @param config how it is run, and its history
 * @param layers lowest first
 */
public record ImageArchive(Path archive, JsonNode manifest, JsonNode config, List<Layer> layers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A layer.
   *
   * @param name in the archive; its digest is in it
   * @param comment what the builder says is in it; empty when it says nothing
   * @param entries files and directories, as they are in it
   */
  public record Layer(String name, String comment, List<Entry> entries) {
    /** The files, without the directories. */
    List<Entry> files() {
      return entries.stream().filter(entry -> !entry.directory()).toList();
    }

    /** The paths of the files. */
    List<String> paths() {
      return files().stream().map(Entry::path).toList();
    }
  }

  /**
   * A file or a directory.
   *
   * @param path from the root, without a slash before it
   * @param mode permissions, set-id and sticky bits
   */
  public record Entry(
      String path, boolean directory, int mode, long user, long group, Instant modified) {}

  /** Takes each entry of a layer, with its content, which is read no further than wanted. */
  @FunctionalInterface
  interface Reader {
    void read(Entry entry, InputStream content) throws IOException;
  }

  /**
   * Reads what is in an image, but no file's content.
   *
   * @throws IOException when it is not there, or is none
   */
  public static ImageArchive read(Path file) throws IOException {
    try (TarFile tar = new TarFile(file)) {
      JsonNode manifest = JSON.readTree(part(tar, "manifest.json")).path(0);
      JsonNode config = JSON.readTree(part(tar, manifest.path("Config").asText()));
      List<String> comments = new ArrayList<>();
      for (JsonNode step : config.path("history")) {
        if (!step.path("empty_layer").asBoolean()) {
          comments.add(step.path("comment").asText());
        }
      }
      List<Layer> layers = new ArrayList<>();
      for (JsonNode item : manifest.path("Layers")) {
        String name = item.asText();
        List<Entry> entries = new ArrayList<>();
        entries(part(tar, name), (entry, content) -> entries.add(entry));
        layers.add(new Layer(name, comments.get(layers.size()), List.copyOf(entries)));
      }
      return new ImageArchive(file, manifest, config, List.copyOf(layers));
    }
  }

  private static InputStream part(TarFile tar, String name) throws IOException {
    for (TarArchiveEntry entry : tar.getEntries()) {
      if (entry.getName().equals(name)) {
        return tar.getInputStream(entry);
      }
    }
    throw new IOException("the image has no " + name);
  }

  private static void entries(InputStream packed, Reader reader) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(packed));
    for (TarArchiveEntry next = tar.getNextEntry(); next != null; next = tar.getNextEntry()) {
      reader.read(
          new Entry(
              next.getName(),
              next.isDirectory(),
              next.getMode() & 07777,
              next.getLongUserId(),
              next.getLongGroupId(),
              next.getLastModifiedTime().toInstant()),
          tar);
    }
  }

  /** Reads a layer with its content. */
  void readLayer(Layer layer, Reader reader) throws IOException {
    try (TarFile tar = new TarFile(archive)) {
      entries(part(tar, layer.name()), reader);
    }
  }

  /** How it is run. */
  JsonNode running() {
    return config.path("config");
  }

  /** A list in {@link #running}, such as {@code Entrypoint}; empty when it is not there. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    running().path(name).forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** The layer that somebody made of files of this kind. */
  Layer layerOf(String path) {
    return layers.stream()
        .filter(layer -> layer.paths().contains(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no layer has " + path));
  }

  /** What a container sees at a path. */
  byte[] file(String path) throws IOException {
    Layer last =
        layers.reversed().stream()
            .filter(layer -> layer.paths().contains(path))
            .findFirst()
            .orElseThrow(() -> new AssertionError("the image has no /" + path));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    readLayer(
        last,
        (entry, content) -> {
          if (entry.path().equals(path)) {
            content.transferTo(file);
          }
        });
    return file.toByteArray();
  }
}
