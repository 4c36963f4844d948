package org.diferido.procedure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call that was checked: every parameter of one signature, in declared order, with the value that
 * goes in and the name under which a value comes out. {@link ArgumentMatching} makes them.
 *
 * @param bindings one for each parameter of the signature, in declared order
 * @param returnKey the name in the result of a function's return value
 */
public record BoundCall(Signature signature, List<Binding> bindings, String returnKey) {

  /**
   * How many scalar values the collections and objects of one call may have together. Each is a
   * place in the text of the call, which the database has to compile: PL/SQL takes 32 768 (PL/SQL
   * Language Reference, "PL/SQL Program Limits"), but for so many a table is the better way in.
   */
  public static final int MOST_PARTS = 1000;

  public BoundCall {
    bindings = List.copyOf(bindings);
  }

  /**
   * What happens to one parameter.
   *
   * @param place the place of the argument in the request, or -1 when none was given for it
   * @param value the converted value that goes in (see {@link ParameterType}), or null
   * @param key the name in the result: the caller's spelling, else the dictionary's
   */
  public record Binding(Parameter parameter, int place, @Nullable Object value, String key) {

    /** Whether the parameter stands in the call at all; a default left alone does not. */
    public boolean isPassed() {
      return place >= 0 || parameter.direction() == Parameter.Direction.OUT;
    }
  }

  /** The names in the result whose values are secret. */
  public Set<String> secretKeys(SecretNames secrets) {
    Set<String> keys = new LinkedHashSet<>();
    if (signature.isFunction() && secrets.match(returnKey)) {
      keys.add(returnKey);
    }
    for (Binding binding : bindings) {
      if (isSecret(binding, secrets)) {
        keys.add(binding.key());
      }
    }
    return keys;
  }

  private static boolean isSecret(Binding binding, SecretNames secrets) {
    return secrets.match(binding.key()) || secrets.match(binding.parameter().name());
  }

  /** The secret values that go in: of secret parameters, and of secret attributes of objects. */
  List<Object> secretValues(SecretNames secrets) {
    List<Object> values = new ArrayList<>();
    for (Binding binding : bindings) {
      addSecretValues(
          binding.value(), binding.parameter(), isSecret(binding, secrets), secrets, values);
    }
    return values;
  }

  private static void addSecretValues(
      @Nullable Object value,
      Parameter parameter,
      boolean secret,
      SecretNames secrets,
      List<Object> values) {
    if (value != null && secret) {
      values.add(value);
    } else if (value instanceof List<?> parts) {
      boolean object = parameter.type() == ParameterType.OBJECT;
      for (int at = 0; at < parts.size(); at++) {
        Parameter part = parameter.shape().parts().get(object ? at : 0);
        boolean secretPart = object && secrets.match(part.name());
        addSecretValues(parts.get(at), part, secretPart, secrets, values);
      }
    }
  }

  /** The places of the request whose values are secret, by the caller's or the declared name. */
  public Set<Integer> secretPlaces(SecretNames secrets) {
    Set<Integer> places = new LinkedHashSet<>();
    for (Binding binding : bindings) {
      if (binding.place() >= 0 && isSecret(binding, secrets)) {
        places.add(binding.place());
      }
    }
    return places;
  }

  /**
   * The names of the attributes within the objects of the request that are secret, by the place of
   * the argument they are in.
   */
  public Map<Integer, Set<String>> secretAttributes(SecretNames secrets) {
    Map<Integer, Set<String>> attributes = new HashMap<>();
    for (Binding binding : bindings) {
      Set<String> names = new LinkedHashSet<>();
      addSecretAttributes(binding.parameter(), secrets, names);
      if (binding.place() >= 0 && !names.isEmpty()) {
        attributes.put(binding.place(), names);
      }
    }
    return attributes;
  }

  private static void addSecretAttributes(
      Parameter parameter, SecretNames secrets, Set<String> names) {
    for (Parameter part : parameter.shape().parts()) {
      if (secrets.match(part.name())) {
        names.add(part.name());
      }
      addSecretAttributes(part, secrets, names);
    }
  }
}
