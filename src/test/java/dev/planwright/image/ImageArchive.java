package dev.planwright.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A container image as {@code docker save} writes it.
 *
 * @param manifest of its one image
 * @param config how it is run, and its history
 * @param layers lowest first
 */
public record ImageArchive(JsonNode manifest, JsonNode config, List<Layer> layers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A layer.
   *
   * @param comment what the builder says is in it; empty when it says nothing
   * @param entries files and directories, as they are in it
   */
  public record Layer(String comment, List<Entry> entries) {
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
  @SuppressWarnings("ArrayRecordComponent") // entries are not compared
  public record Entry(
      String path,
      boolean directory,
      int mode,
      long user,
      long group,
      Instant modified,
      byte[] content) {}

  /**
   * Reads a whole image.
   *
   * @throws IOException when it is not there, or is none
   */
  public static ImageArchive read(Path file) throws IOException {
    Map<String, byte[]> parts = new HashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      entries(in).forEach(entry -> parts.put(entry.path(), entry.content()));
    }
    JsonNode manifest = JSON.readTree(part(parts, "manifest.json")).path(0);
    JsonNode config = JSON.readTree(part(parts, manifest.path("Config").asText()));
    List<String> comments = new ArrayList<>();
    for (JsonNode step : config.path("history")) {
      if (!step.path("empty_layer").asBoolean()) {
        comments.add(step.path("comment").asText());
      }
    }
    List<Layer> layers = new ArrayList<>();
    for (JsonNode name : manifest.path("Layers")) {
      InputStream packed = new ByteArrayInputStream(part(parts, name.asText()));
      layers.add(new Layer(comments.get(layers.size()), entries(new GZIPInputStream(packed))));
    }
    return new ImageArchive(manifest, config, List.copyOf(layers));
  }

  private static byte[] part(Map<String, byte[]> parts, String name) throws IOException {
    byte[] part = parts.get(name);
    if (part == null) {
      throw new IOException("the image has no " + name + ", only " + parts.keySet());
    }
    return part;
  }

  private static List<Entry> entries(InputStream in) throws IOException {
    List<Entry> entries = new ArrayList<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(in);
    for (TarArchiveEntry next = tar.getNextEntry(); next != null; next = tar.getNextEntry()) {
      entries.add(
          new Entry(
              next.getName(),
              next.isDirectory(),
              next.getMode() & 07777,
              next.getLongUserId(),
              next.getLongGroupId(),
              next.getLastModifiedTime().toInstant(),
              tar.readAllBytes()));
    }
    return entries;
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
  byte[] file(String path) {
    return layers.reversed().stream()
        .flatMap(layer -> layer.files().stream())
        .filter(entry -> entry.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the image has no /" + path))
        .content();
  }
}
