package dev.planwright.sync;

import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Step;
import java.util.List;

/** Steps of which only the plan matters, not the call. */
final class Steps {
  private Steps() {}

  static Step step(Step.Kind kind, String title, Affects affects, FieldChange... changes) {
    return Step.of(kind, title, sending -> ApiRequest.of("any", "PUT", "/any"))
        .intent(kind == Step.Kind.CREATE ? title : "")
        .affects(affects)
        .changes(List.of(changes))
        .build();
  }

  static Step write(Affects affects, FieldChange... changes) {
    return step(Step.Kind.WRITE, "change the plan", affects, changes);
  }

  static Step erasing(String... content) {
    return Step.of(
            Step.Kind.WRITE, "replace charges", sending -> ApiRequest.of("any", "PUT", "/any"))
        .erases(List.of(content))
        .build();
  }

  static FieldChange change(String field, String from, String to) {
    return new FieldChange(field, from, to);
  }
}
