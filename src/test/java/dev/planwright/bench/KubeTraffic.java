package dev.planwright.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes that the API server took, by its own count: {@code PUT plans/status}. Without Leases, and
 * without the creation of manifests, which is the benchmark's own.
 */
final class KubeTraffic {
  private static final Pattern LINE =
      Pattern.compile("(?m)^apiserver_request_total\\{([^}]*)} (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private final KubernetesClient client;

  KubeTraffic(KubernetesClient client) {
    this.client = client;
  }

  Map<String, Long> now() {
    Map<String, Long> counts = new TreeMap<>();
    Matcher line = LINE.matcher(client.raw("/metrics"));
    while (line.find()) {
      Map<String, String> labels = new TreeMap<>();
      Matcher label = LABEL.matcher(line.group(1));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      if (isOfTheOperator(labels)) {
        String status = labels.getOrDefault("subresource", "");
        String what =
            labels.get("verb")
                + " "
                + labels.get("resource")
                + (status.isEmpty() ? "" : "/" + status);
        counts.merge(what, new BigDecimal(line.group(2)).longValue(), Long::sum);
      }
    }
    return counts;
  }

  private static boolean isOfTheOperator(Map<String, String> labels) {
    String verb = labels.getOrDefault("verb", "");
    String group = labels.getOrDefault("group", "");
    boolean write = verb.matches("PUT|PATCH|APPLY|DELETE|POST");
    boolean manifest = group.equals("planwright.dev");
    boolean made = manifest && verb.equals("POST");
    return write && !made && (manifest || labels.getOrDefault("resource", "").equals("events"));
  }

  static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> more = new TreeMap<>();
    after.forEach(
        (what, count) -> {
          long difference = count - before.getOrDefault(what, 0L);
          if (difference > 0) {
            more.put(what, difference);
          }
        });
    return more;
  }

  static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
