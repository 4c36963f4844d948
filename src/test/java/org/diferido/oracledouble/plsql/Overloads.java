package org.diferido.oracledouble.plsql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.diferido.oracledouble.dictionary.Argument;
import org.diferido.oracledouble.dictionary.Subprogram;
import org.diferido.oracledouble.plsql.Block.Actual;
import org.diferido.oracledouble.plsql.Block.Invocation;
import org.diferido.oracledouble.value.Direction;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.wire.OracleType;

/** Finds the overload that a call means. */
final class Overloads {

  /**
   * The overload, and what each of its arguments is given.
   *
   * @param given those that were given only
   */
  record Match(Subprogram subprogram, Map<Argument, Actual> given) {}

  private final Invocation invocation;
  private final ToIntFunction<String> bindType;
  private final Constructors constructors;

  /**
   * @param bindType the wire type of a bind
   */
  Overloads(Invocation invocation, ToIntFunction<String> bindType, Constructors constructors) {
    this.constructors = constructors;
    this.invocation = invocation;
    this.bindType = bindType;
  }

  Match choose(List<Subprogram> overloads) {
    List<Match> fitting = overloads.stream().flatMap(this::match).toList();
    if (fitting.size() > 1) {
      List<Match> closer = fitting.stream().filter(this::hasTheSameTypes).toList();
      fitting = closer.isEmpty() ? fitting : closer;
    }
    String name = invocation.name().get(invocation.name().size() - 1);
    if (fitting.isEmpty()) {
      throw OraException.compilation(
          invocation.position(),
          "PLS-00306: wrong number or types of arguments in call to '" + name + "'");
    }
    if (fitting.size() > 1) {
      throw OraException.compilation(
          invocation.position(),
          "PLS-00307: too many declarations of '" + name + "' match this call");
    }
    return fitting.get(0);
  }

  private Stream<Match> match(Subprogram subprogram) {
    Map<Argument, Actual> given = new LinkedHashMap<>();
    int position = 0;
    for (Actual actual : invocation.arguments()) {
      Argument argument = argument(subprogram, actual, position++);
      if (argument == null || given.putIfAbsent(argument, actual) != null) {
        return Stream.empty();
      }
      if (argument.direction() != Direction.IN && actual.bind() == null) {
        return Stream.empty();
      }
      if (!mayBe(argument, actual)) {
        return Stream.empty();
      }
    }
    boolean complete =
        subprogram.arguments().stream()
            .allMatch(argument -> argument.defaulted() || given.containsKey(argument));
    boolean sameKind = subprogram.isFunction() == (invocation.target() != null);
    return complete && sameKind ? Stream.of(new Match(subprogram, given)) : Stream.empty();
  }

  /** What is made goes into its own type only, and into that only what is made, or NULL. */
  private boolean mayBe(Argument argument, Actual actual) {
    List<String> path = argument.type().path();
    Integer converted = Constructors.converted(actual.construction());
    if (converted != null) {
      return !argument.type().isMade() && argument.type().wireType() == converted;
    }
    if (actual.construction() != null) {
      return constructors.type(actual.construction()).path().equals(path);
    }
    return actual.isNull() || !argument.type().isMade();
  }

  private static Argument argument(Subprogram subprogram, Actual actual, int position) {
    List<Argument> arguments = subprogram.arguments();
    if (actual.name() != null) {
      return arguments.stream()
          .filter(each -> each.name().equals(actual.name()))
          .findFirst()
          .orElse(null);
    }
    return position < arguments.size() ? arguments.get(position) : null;
  }

  private boolean hasTheSameTypes(Match match) {
    return match.given().entrySet().stream()
        .allMatch(
            each ->
                each.getValue().bind() == null
                    || family(bindType.applyAsInt(each.getValue().bind()))
                        == family(each.getKey().type().wireType()));
  }

  /** Types between which an overload cannot choose have the same number. */
  private static int family(int type) {
    return switch (type) {
      case OracleType.VARCHAR,
          OracleType.CHAR,
          OracleType.LONG,
          OracleType.ROWID,
          OracleType.ROWID_DESCRIPTOR ->
          1;
      case OracleType.NUMBER,
          OracleType.VARNUM,
          OracleType.BINARY_FLOAT,
          OracleType.BINARY_DOUBLE ->
          2;
      case OracleType.DATE,
          OracleType.TIMESTAMP,
          OracleType.TIMESTAMP_TZ,
          OracleType.TIMESTAMP_LTZ ->
          3;
      case OracleType.RAW, OracleType.LONG_RAW -> 4;
      default -> -type;
    };
  }
}
