package dev.planwright.catalog;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every way to change one leaf of a tree of records, found by looking, so that a field that is new
 * one day is changed too.
 */
final class Mutations {
  /** A tree that differs from the original in one place. */
  record Mutation(String path, Object changed) {}

  private final Function<Object, List<Object>> leaf;

  private Mutations(Function<Object, List<Object>> leaf) {
    this.leaf = leaf;
  }

  /** Each leaf with another value, each optional removed, each element dropped. */
  static List<Mutation> ofContent(Object value) {
    return new Mutations(Mutations::others).of("", value, true);
  }

  /** Each decimal written with more zeros: the same content. */
  static List<Mutation> ofSpelling(Object value) {
    return new Mutations(
            leaf ->
                leaf instanceof BigDecimal number
                    ? List.of(number.setScale(number.scale() + 3))
                    : List.of())
        .of("", value, false);
  }

  private List<Mutation> of(String path, Object value, boolean drop) {
    return switch (value) {
      case Record all -> ofRecord(path, all, drop);
      case Optional<?> optional -> {
        List<Mutation> found = new ArrayList<>();
        optional.ifPresent(
            inner ->
                of(path, inner, drop)
                    .forEach(m -> found.add(new Mutation(m.path(), Optional.of(m.changed())))));
        if (drop && optional.isPresent()) {
          found.add(new Mutation(path + " removed", Optional.empty()));
        }
        yield found;
      }
      case List<?> list -> ofList(path, list, drop);
      case Map<?, ?> map -> ofMap(path, map, drop);
      default ->
          leaf.apply(value).stream().map(other -> new Mutation(path + "=" + other, other)).toList();
    };
  }

  private List<Mutation> ofRecord(String path, Record all, boolean drop) {
    List<Mutation> found = new ArrayList<>();
    RecordComponent[] components = all.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      int changed = i;
      String inner = path + "." + components[i].getName();
      for (Mutation mutation : of(inner, value(all, components[i]), drop)) {
        found.add(new Mutation(mutation.path(), rebuilt(all, changed, mutation.changed())));
      }
    }
    return found;
  }

  private List<Mutation> ofList(String path, List<?> list, boolean drop) {
    List<Mutation> found = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String inner = path + "[" + i + "]";
      for (Mutation mutation : of(inner, list.get(i), drop)) {
        List<Object> copy = new ArrayList<>(list);
        copy.set(i, mutation.changed());
        found.add(new Mutation(mutation.path(), copy));
      }
      if (drop) {
        List<Object> shorter = new ArrayList<>(list);
        shorter.remove(i);
        found.add(new Mutation(inner + " dropped", shorter));
      }
    }
    return found;
  }

  private List<Mutation> ofMap(String path, Map<?, ?> map, boolean drop) {
    List<Mutation> found = new ArrayList<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String inner = path + "." + entry.getKey();
      for (Mutation mutation : of(inner, entry.getValue(), drop)) {
        Map<Object, Object> copy = new LinkedHashMap<>(map);
        copy.put(entry.getKey(), mutation.changed());
        found.add(new Mutation(mutation.path(), copy));
      }
      if (drop) {
        Map<Object, Object> shorter = new LinkedHashMap<>(map);
        shorter.remove(entry.getKey());
        found.add(new Mutation(inner + " dropped", shorter));
      }
    }
    return found;
  }

  private static List<Object> others(Object leaf) {
    return switch (leaf) {
      case String text -> List.of(text + "x", "");
      case BigDecimal number -> List.of(number.add(BigDecimal.ONE));
      case Boolean flag -> List.of(!flag);
      case Integer number -> List.of(number + 1);
      case Long number -> List.of(number + 1);
      case OptionalInt number ->
          number.isPresent()
              ? List.of(OptionalInt.empty(), OptionalInt.of(number.getAsInt() + 1))
              : List.of(OptionalInt.of(0));
      case OptionalLong number ->
          number.isPresent()
              ? List.of(OptionalLong.empty(), OptionalLong.of(number.getAsLong() + 1))
              : List.of(OptionalLong.of(0));
      case Enum<?> constant ->
          Stream.of(constant.getDeclaringClass().getEnumConstants())
              .filter(other -> other != constant)
              .map(Object.class::cast)
              .toList();
      default -> throw new AssertionError("no other value known for " + leaf.getClass());
    };
  }

  private static Object value(Record all, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(all);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("cannot read " + component, e);
    }
  }

  private static Object rebuilt(Record all, int changed, Object to) {
    RecordComponent[] components = all.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = i == changed ? to : value(all, components[i]);
      types[i] = components[i].getType();
    }
    try {
      return all.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot rebuild " + all, e);
    }
  }
}
