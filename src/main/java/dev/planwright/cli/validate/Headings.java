package dev.planwright.cli.validate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.cli.validate.Note.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What stands above the spec. */
record Headings(Given given, Findings findings) {
  private static final String KEY =
      "use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or digit;"
          + " before it may stand a domain and one slash";

  private static final Map<String, Metadata.Form> METADATA =
      Map.ofEntries(
          Map.entry("name", Metadata.Form.TEXT),
          Map.entry("generateName", Metadata.Form.TEXT),
          Map.entry("namespace", Metadata.Form.TEXT),
          Map.entry("labels", Metadata.Form.WORDS),
          Map.entry("annotations", Metadata.Form.WORDS),
          Map.entry("finalizers", Metadata.Form.LIST),
          Map.entry("ownerReferences", Metadata.Form.LIST),
          Map.entry("creationTimestamp", Metadata.Form.TIME),
          Map.entry("deletionTimestamp", Metadata.Form.TIME),
          Map.entry("deletionGracePeriodSeconds", Metadata.Form.NUMBER),
          Map.entry("generation", Metadata.Form.NUMBER),
          Map.entry("managedFields", Metadata.Form.LIST),
          Map.entry("resourceVersion", Metadata.Form.TEXT),
          Map.entry("selfLink", Metadata.Form.TEXT),
          Map.entry("uid", Metadata.Form.TEXT));

  void check(JsonNode json) {
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!Set.of("apiVersion", "kind", "metadata", "spec", "status").contains(field.getKey())) {
        unknown(field.getKey(), Set.of("metadata", "spec"));
      }
    }
    JsonNode metadata = json.path("metadata");
    metadata.properties().forEach(field -> metadata(field.getKey(), field.getValue()));
    name(metadata);
    labels(metadata.path("labels"));
    annotations(metadata.path("annotations"));
    finalizers(metadata.path("finalizers"));
    owners(metadata.path("ownerReferences"));
  }

  private void metadata(String field, JsonNode value) {
    Metadata.Form form = METADATA.get(field);
    if (form == null) {
      unknown("metadata." + field, METADATA.keySet());
      // Of the name something else is said: what is no text is none.
    } else if (!field.equals("name") && !value.isNull() && !form.is(value)) {
      wrong(
          "metadata." + field,
          value.isContainerNode() ? "" : value.asText(),
          form.problem(),
          form.instead());
    }
  }

  private void name(JsonNode metadata) {
    String name = given.key().name();
    if (name.isEmpty()) {
      missing("metadata.name", "set the name of the object, in quotes where it is a number");
    } else if (!Metadata.isName(name)) {
      wrong(
          "metadata.name",
          name,
          "is no name of an object of Kubernetes",
          "use at most 253 small letters, digits, - and ., with a letter or digit at both ends of"
              + " what stands between two dots");
    }
    JsonNode in = metadata.path("namespace");
    if (in.isTextual() && !in.asText().isEmpty() && !Metadata.isNamespace(in.asText())) {
      String[] words = Metadata.NO_NAMESPACE.split("; ", 2);
      wrong("metadata.namespace", in.asText(), words[0], words[1]);
    }
  }

  private void labels(JsonNode labels) {
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      String field = "metadata.labels[" + label.getKey() + "]";
      if (!Metadata.isKey(label.getKey())) {
        wrong(field, "", "is no key of a label", KEY);
      } else if (isText(field, label.getValue())
          && !Metadata.isLabelValue(label.getValue().asText(""))) {
        wrong(
            field,
            label.getValue().asText(),
            "is no value of a label",
            "use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or"
                + " digit, or an annotation");
      }
    }
  }

  private void annotations(JsonNode annotations) {
    for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
      String field = "metadata.annotations[" + annotation.getKey() + "]";
      if (!Metadata.isAnnotation(annotation.getKey())) {
        wrong(field, "", "is no key of an annotation", KEY);
      } else {
        isText(field, annotation.getValue());
      }
    }
  }

  private void finalizers(JsonNode finalizers) {
    for (int i = 0; i < finalizers.size() && finalizers.isArray(); i++) {
      String field = "metadata.finalizers[" + i + "]";
      JsonNode finalizer = finalizers.get(i);
      if (isText(field, finalizer) && !Metadata.isKey(finalizer.asText(""))) {
        wrong(field, finalizer.asText(), "is no name of a finalizer", KEY);
      }
    }
  }

  private void owners(JsonNode owners) {
    for (int i = 0; i < owners.size() && owners.isArray(); i++) {
      for (String word : List.of("apiVersion", "kind", "name", "uid")) {
        if (owners.get(i).path(word).asText().isEmpty()) {
          missing("metadata.ownerReferences[" + i + "]." + word, "set it, or leave the owner out");
        }
      }
    }
  }

  /** Says it where it is none; nothing at all is as good as an empty text. */
  private boolean isText(String field, JsonNode value) {
    if (value.isTextual() || value.isNull()) {
      return true;
    }
    wrong(field, value.isContainerNode() ? "" : value.asText(), "is no text", "put it in quotes");
    return false;
  }

  private void unknown(String field, Set<String> known) {
    String name = field.substring(field.lastIndexOf('.') + 1);
    wrong(
        field,
        "",
        "there is no such field",
        Nearest.of(name, known).map(it -> "did you mean " + it + "?").orElse("remove it"));
  }

  void missing(String field, String instead) {
    wrong(field, "", "is missing", instead);
  }

  void twice(Place place, String key) {
    findings.add(
        new Note(
            Severity.ERROR,
            place,
            given.title(),
            key,
            Reason.INVALID_SPEC.toString(),
            given.title() + ": the field " + key + " stands twice in one object; keep one"));
  }

  private void wrong(String field, String value, String problem, String instead) {
    String title = given.key().name().isEmpty() ? given.kind() : given.title();
    Violation violation = new Violation(title, field, value, problem, instead);
    findings.add(
        new Note(
            Severity.ERROR,
            Spot.of(given.document(), field).in(given.file()),
            title,
            field,
            Reason.INVALID_SPEC.toString(),
            violation.message()));
  }
}
