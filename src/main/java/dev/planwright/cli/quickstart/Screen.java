package dev.planwright.cli.quickstart;

import dev.planwright.cli.quickstart.Board.Row;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a person sees: lines that stay, and on a terminal one at the end that changes. */
final class Screen {
  private static final String NONE = "-";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final PrintWriter out;
  private final boolean terminal;
  private final InstantSource clock;
  private final ZoneId zone;
  private String progress = "";

  /**
   * @param terminal whether a line can be written over
   */
  Screen(PrintWriter out, boolean terminal, InstantSource clock, ZoneId zone) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    this.zone = zone;
  }

  /** A line that stays. */
  void line(String text) {
    endProgress();
    out.println(text);
    out.flush();
  }

  /** A line that stays, with the time. */
  void news(String text) {
    line(TIME.format(clock.instant().atZone(zone)) + "  " + text);
  }

  /** How far it is: written over on a terminal, a line of its own when it changes elsewhere. */
  void progress(String text) {
    if (text.equals(progress)) {
      return;
    }
    if (terminal) {
      String rest = " ".repeat(Math.max(0, progress.length() - text.length()));
      out.print("\r" + text + rest);
    } else {
      out.println(text);
    }
    out.flush();
    progress = text;
  }

  private void endProgress() {
    if (!progress.isEmpty() && terminal) {
      out.print("\r" + " ".repeat(progress.length()) + "\r");
    }
    progress = "";
  }

  /** All objects, and below it why those that are not ready are not. */
  void table(List<Row> rows) {
    int object =
        Math.max(6, rows.stream().mapToInt(r -> r.object().toString().length()).max().orElse(0));
    int reason = Math.max(6, rows.stream().mapToInt(r -> r.reason().length()).max().orElse(0));
    String format = "%-" + object + "s  %-7s  %-" + reason + "s  %s";
    line("");
    line(format.formatted("OBJECT", "READY", "REASON", "EXTERNAL ID"));
    for (Row row : rows) {
      line(
          format
              .formatted(row.object(), row.ready(), or(row.reason()), or(row.externalId()))
              .stripTrailing());
    }
    List<Row> waiting = rows.stream().filter(row -> !row.isReady()).toList();
    if (!waiting.isEmpty()) {
      line("");
      Set<String> said = new HashSet<>();
      for (Row row : waiting) {
        String why = why(row.reason(), row.message());
        line(row.object() + ": " + (said.add(why) ? why : row.reason() + ", as above"));
      }
    }
    line("");
  }

  /** Rows that changed: where each stands now, in one line, and what they share said once. */
  void changed(List<Row> rows) {
    Set<String> said = new HashSet<>();
    for (Row row : rows) {
      String detail = row.detail().isEmpty() ? "" : "  (" + row.detail() + ")";
      String why = why(row.reason(), row.message());
      String state =
          row.isReady()
              ? "Ready  " + row.externalId()
              : said.add(why) ? why : row.reason() + ": as above";
      news((row.object() + "  " + state).stripTrailing() + detail);
    }
  }

  /** An event of Kubernetes. */
  void event(Event event) {
    ObjectReference about = event.getRegarding();
    news(
        about.getKind()
            + " "
            + about.getNamespace()
            + "/"
            + about.getName()
            + "  event "
            + event.getReason()
            + ": "
            + event.getNote());
  }

  private static String why(String reason, String message) {
    return message.isEmpty() ? reason : reason + ": " + message;
  }

  private static String or(String text) {
    return text.isEmpty() ? NONE : text;
  }
}
