package dev.planwright.cli.validate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * JSON objects, one behind the other, as the nodes of YAML that the rest works on: YAML holds no
 * {@code \/}, no tabulators before a key, and no second object without a line of dashes.
 */
final class JsonStream {
  /** No line of JSON begins so: no text in it goes over the end of a line. */
  private static final Pattern DASHES = Pattern.compile("(?m)^---(?=[ \\t\\r]*$)");

  private static final JsonFactory JSON = new JsonFactory();

  private final String name;
  private final JsonParser parser;

  private JsonStream(String name, JsonParser parser) {
    this.name = name;
    this.parser = parser;
  }

  /**
   * What was read.
   *
   * @param documents the objects before the place where it breaks
   * @param broken why it breaks there
   */
  record Read(List<Node> documents, Optional<Note> broken) {
    Read {
      documents = List.copyOf(documents);
    }
  }

  /** Whether a text begins as JSON does, which much of YAML does too. */
  static boolean mayBe(String text) {
    return text.stripLeading().startsWith("{");
  }

  static Read read(String name, String text) {
    List<Node> documents = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(DASHES.matcher(text).replaceAll("   "))) {
      JsonStream stream = new JsonStream(name, parser);
      for (JsonToken next = parser.nextToken(); next != null; next = parser.nextToken()) {
        documents.add(stream.node(next));
      }
      return new Read(documents, Optional.empty());
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      Place place =
          at == null ? Place.whole(name) : new Place(name, at.getLineNr(), at.getColumnNr());
      String problem = e.getOriginalMessage().lines().findFirst().orElse("it cannot be parsed");
      return new Read(
          documents,
          Optional.of(Note.unusable(place, "is no JSON: " + problem + GivenFile.hint(text))));
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can be read", e);
    }
  }

  private Node node(JsonToken token) throws IOException {
    Mark mark = mark();
    return switch (token) {
      case START_OBJECT -> object(mark);
      case START_ARRAY -> array(mark);
      case VALUE_STRING -> scalar(Tag.STR, ScalarStyle.DOUBLE_QUOTED, mark);
      case VALUE_NUMBER_INT -> scalar(Tag.INT, ScalarStyle.PLAIN, mark);
      case VALUE_NUMBER_FLOAT -> scalar(Tag.FLOAT, ScalarStyle.PLAIN, mark);
      case VALUE_TRUE, VALUE_FALSE -> scalar(Tag.BOOL, ScalarStyle.PLAIN, mark);
      case VALUE_NULL -> scalar(Tag.NULL, ScalarStyle.PLAIN, mark);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("a value cannot begin with " + token);
    };
  }

  private Node object(Mark start) throws IOException {
    List<NodeTuple> fields = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Node key = scalar(Tag.STR, ScalarStyle.DOUBLE_QUOTED, mark());
      fields.add(new NodeTuple(key, node(parser.nextToken())));
    }
    return new MappingNode(Tag.MAP, true, fields, start, mark(), FlowStyle.FLOW);
  }

  private Node array(Mark start) throws IOException {
    List<Node> items = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      items.add(node(next));
    }
    return new SequenceNode(Tag.SEQ, true, items, start, mark(), FlowStyle.FLOW);
  }

  private Node scalar(Tag tag, ScalarStyle style, Mark mark) throws IOException {
    return new ScalarNode(tag, parser.getText(), mark, mark, style);
  }

  /** Counted from 0, where the parser counts from 1. */
  private Mark mark() {
    JsonLocation at = parser.currentTokenLocation();
    return new Mark(name, 0, at.getLineNr() - 1, at.getColumnNr() - 1, new int[0], 0);
  }
}
