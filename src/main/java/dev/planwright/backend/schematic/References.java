package dev.planwright.backend.schematic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.catalog.CatalogPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The features of the account: read once for a while, and anew when one is not found. */
final class References {
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final SchematicReader reader;
  private final SchematicSettings settings;
  private final InstantSource clock;
  private @Nullable Read last;

  private record Read(Directory directory, Instant at) {}

  References(SchematicReader reader, SchematicSettings settings, InstantSource clock) {
    this.reader = reader;
    this.settings = settings;
    this.clock = clock;
  }

  /** What this plan needs: nothing is read for a plan without features. */
  synchronized Directory directory(Optional<CatalogPlan> desired, boolean hasRows) {
    Optional<Wanted> wanted =
        desired.filter(Wanted::isSellable).map(it -> Wanted.of(it, settings, known()));
    boolean needsAny =
        hasRows || wanted.map(it -> !it.wants().isEmpty() || !it.missing().isEmpty()).orElse(false);
    if (!needsAny) {
      return known();
    }
    boolean lacks = wanted.map(it -> !it.missing().isEmpty()).orElse(false);
    return isFresh() && !lacks ? known() : read();
  }

  /** All features, for a listing. */
  synchronized Directory all() {
    return isFresh() ? known() : read();
  }

  private Directory known() {
    Read read = last;
    return read == null ? Directory.EMPTY : read.directory();
  }

  private boolean isFresh() {
    Read read = last;
    return read != null && read.at().plus(FRESH).isAfter(clock.instant());
  }

  private Directory read() {
    Map<String, Directory.Feature> features = new TreeMap<>();
    for (JsonNode node : reader.all("features.list", "/features", "")) {
      List<String> keys = new ArrayList<>();
      node.path("flags").forEach(flag -> keys.add(Json.text(flag, "key")));
      String id = Json.need(node, "id");
      features.put(
          id,
          new Directory.Feature(
              id, Json.text(node, "name"), List.copyOf(keys), Json.text(node, "feature_type")));
    }
    Directory directory = new Directory(features);
    last = new Read(directory, clock.instant());
    return directory;
  }
}
