package dev.planwright.testing;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Runs every property as many times over as {@code -Dproperty.rounds} says, each time with a new
 * seed: the knob of {@code -Pthorough}. Tries that are written at a property are kept, and no
 * property has to know of it. Found by jqwik through {@code META-INF/services}.
 */
public final class Rounds implements AroundPropertyHook {
  static final String KNOB = "property.rounds";

  private final int rounds;

  public Rounds() {
    this(configured());
  }

  Rounds(int rounds) {
    this.rounds = rounds;
  }

  /** How often each property is run; once where nothing is said. */
  static int configured() {
    return Integer.parseInt(System.getProperty(KNOB, "1"));
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyExecutionResult result = property.execute();
    for (int round = 1; round < rounds && isGreen(result); round++) {
      result = property.execute();
    }
    return result;
  }

  private static boolean isGreen(PropertyExecutionResult result) {
    return result.status() == PropertyExecutionResult.Status.SUCCESSFUL;
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }
}
