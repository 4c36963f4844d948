package org.diferido.procedure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The secret values within a JSON value: those of members of certain names, however deep. Null is
 * no secret, as it is none in an argument.
 */
final class SecretMembers {

  private SecretMembers() {}

  static boolean areIn(@Nullable Object value, Set<String> names) {
    if (names.isEmpty()) {
      return false;
    }
    if (value instanceof List<?> elements) {
      return elements.stream().anyMatch(each -> areIn(each, names));
    }
    return value instanceof Map<?, ?> members
        && members.entrySet().stream()
            .anyMatch(each -> isSecret(each, names) || areIn(each.getValue(), names));
  }

  static Stream<Object> valuesIn(@Nullable Object value, Set<String> names) {
    if (value instanceof List<?> elements) {
      return elements.stream().flatMap(each -> valuesIn(each, names));
    }
    return value instanceof Map<?, ?> members
        ? members.entrySet().stream()
            .flatMap(
                each ->
                    isSecret(each, names)
                        ? Stream.of(each.getValue())
                        : valuesIn(each.getValue(), names))
        : Stream.empty();
  }

  /** The value with {@link SecretNames#MASK} for each secret. */
  static @Nullable Object masked(@Nullable Object value, Set<String> names) {
    if (names.isEmpty()) {
      return value;
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> copy = new ArrayList<>();
      elements.forEach(each -> copy.add(masked(each, names)));
      return copy;
    }
    if (value instanceof Map<?, ?> members) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      for (Map.Entry<?, ?> each : members.entrySet()) {
        boolean secret = isSecret(each, names);
        copy.put(each.getKey(), secret ? SecretNames.MASK : masked(each.getValue(), names));
      }
      return copy;
    }
    return value;
  }

  private static boolean isSecret(Map.Entry<?, ?> member, Set<String> names) {
    String name = String.valueOf(member.getKey());
    return member.getValue() != null && names.stream().anyMatch(name::equalsIgnoreCase);
  }
}
