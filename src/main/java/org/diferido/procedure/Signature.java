package org.diferido.procedure;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One callable shape of a procedure or function; overloads have one each.
 *
 * @param name where it is
 * @param specificName what tells it from its overloads, in the database's own terms
 * @param parameters in declared order, without a function's return value
 * @param returns a function's return value, or null for a procedure
 */
public record Signature(
    QualifiedName name,
    String specificName,
    List<Parameter> parameters,
    @Nullable Parameter returns) {

  public Signature {
    parameters = List.copyOf(parameters);
  }

  public boolean isFunction() {
    return returns != null;
  }

  /** The parameter of that name, in any case; the exact spelling wins. */
  public Optional<Parameter> parameter(String given) {
    return Parameter.named(given, parameters);
  }

  /** What keeps it from being called whatever is given, if anything does. */
  public Optional<Parameter> unsupported() {
    return Stream.concat(parameters.stream(), Stream.ofNullable(returns))
        .filter(each -> each.type() == ParameterType.UNSUPPORTED && !each.optional())
        .findFirst();
  }

  /** For people: {@code PKG_ETL.PROCESO_LARGO(VFECHA IN DATE, VRESULTADO OUT NUMBER)}. */
  @Override
  public String toString() {
    String call =
        parameters.stream()
            .map(Parameter::toString)
            .collect(Collectors.joining(", ", name.display() + "(", ")"));
    return returns == null ? call : call + " RETURN " + returns.databaseType();
  }
}
