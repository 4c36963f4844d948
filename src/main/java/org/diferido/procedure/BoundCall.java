package org.diferido.procedure;

import java.util.LinkedHashSet;
import java.util.List;
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
}
