package org.diferido.procedure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call as it was asked for, not yet checked against a signature.
 *
 * @param name the procedure's name as written, with the request's {@code schema} in front
 * @param schema the request's {@code schema}, or null
 * @param function whether the request says that it calls a function
 * @param arguments in the order of the request
 */
public record ProcedureCall(
    ProcedureName name, @Nullable String schema, boolean function, List<Argument> arguments) {

  public ProcedureCall {
    arguments = List.copyOf(arguments);
  }

  /**
   * One member of {@code params}.
   *
   * @param name as written; may be empty, then it goes by its place
   * @param value String, BigDecimal, Boolean, List, Map, or null
   * @param valueGiven whether there was a {@code value} at all
   * @param direction as written, or null
   * @param type as written, or null
   * @param secret whether its value must not be shown or kept
   * @param secretAttributes the names, in any case, of the members of objects within the value that
   *     must not be shown or kept
   */
  public record Argument(
      String name,
      @Nullable Object value,
      boolean valueGiven,
      @Nullable String direction,
      @Nullable String type,
      boolean secret,
      Set<String> secretAttributes) {

    public Argument {
      secretAttributes = Set.copyOf(secretAttributes);
    }

    /** One without secrets within its value. */
    public Argument(
        String name,
        @Nullable Object value,
        boolean valueGiven,
        @Nullable String direction,
        @Nullable String type,
        boolean secret) {
      this(name, value, valueGiven, direction, type, secret, Set.of());
    }

    private Argument asSecret() {
      return new Argument(name, value, valueGiven, direction, type, true, secretAttributes);
    }

    private Argument withSecretAttributes(Set<String> names) {
      return new Argument(name, value, valueGiven, direction, type, secret, names);
    }

    private boolean hasSecrets() {
      return (secret && value != null) || SecretMembers.areIn(value, secretAttributes);
    }

    private Stream<Object> secretValues() {
      return secret ? Stream.ofNullable(value) : SecretMembers.valuesIn(value, secretAttributes);
    }

    private Argument masked() {
      Object shown =
          secret && value != null
              ? SecretNames.MASK
              : SecretMembers.masked(value, secretAttributes);
      return new Argument(name, shown, valueGiven, direction, type, secret, secretAttributes);
    }

    /** Without the value: a call may be logged. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** This call with some of its arguments, told by their place, known to be secret. */
  public ProcedureCall withSecrets(Set<Integer> places) {
    List<Argument> marked =
        IntStream.range(0, arguments.size())
            .mapToObj(at -> places.contains(at) ? arguments.get(at).asSecret() : arguments.get(at))
            .toList();
    return new ProcedureCall(name, schema, function, marked);
  }

  /**
   * This call with members of objects in some of its arguments known to be secret.
   *
   * @param names of the members, by the place of the argument
   */
  public ProcedureCall withSecretAttributes(Map<Integer, Set<String>> names) {
    List<Argument> marked =
        IntStream.range(0, arguments.size())
            .mapToObj(
                at -> arguments.get(at).withSecretAttributes(names.getOrDefault(at, Set.of())))
            .toList();
    return new ProcedureCall(name, schema, function, marked);
  }

  /** Whether there is a secret value in it, masked or not. */
  public boolean hasSecrets() {
    return arguments.stream().anyMatch(Argument::hasSecrets);
  }

  /** The secret values in it, as they were given. */
  List<Object> secretValues() {
    return arguments.stream().flatMap(Argument::secretValues).toList();
  }

  /** This call with its secret values masked. */
  public ProcedureCall masked() {
    return new ProcedureCall(
        name, schema, function, arguments.stream().map(Argument::masked).toList());
  }

  /** The name as the caller wrote it, without the {@code schema} member. */
  public String spelledName() {
    List<ProcedureName.Identifier> parts = name.parts();
    return new ProcedureName(schema == null ? parts : parts.subList(1, parts.size())).toString();
  }
}
