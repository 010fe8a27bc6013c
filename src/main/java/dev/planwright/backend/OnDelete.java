package dev.planwright.backend;

import dev.planwright.catalog.Policies;
import java.util.Optional;

/**
 * What deleting a Plan would do, in words. Whether a policy can be carried out is asked of {@link
 * Provider#neverRemoves}, as the warning of {@link Check} does; the table's word only says on what
 * condition. Pure.
 */
public final class OnDelete {
  private OnDelete() {}

  /** As it stands in {@code status.onDelete}. */
  public static String of(
      Policies.Deletion policy, Provider<?> provider, AccountFacts facts, Capabilities can) {
    return provider
        .neverRemoves(policy, facts)
        .map(never -> "refused, and it would wait: %s; %s".formatted(never.why(), never.instead()))
        .orElseGet(() -> done(policy, can))
        .concat(" (" + policy.word() + ")");
  }

  private static String done(Policies.Deletion policy, Capabilities can) {
    return switch (policy) {
      case RETAIN -> "left as it is";
      case ARCHIVE ->
          condition(can.word(Capability.ARCHIVE))
              .map(only -> "no longer sold, else refused: " + only)
              .orElse("no longer sold, subscribers go on");
      case DELETE ->
          condition(can.word(Capability.DELETE))
              .map(only -> "deleted, else refused: " + only)
              .orElse("deleted when nobody subscribes");
    };
  }

  private static Optional<String> condition(String word) {
    return Optional.of(word)
        .filter(it -> !it.equals(Capabilities.YES) && !it.equals(Capabilities.NO));
  }
}
