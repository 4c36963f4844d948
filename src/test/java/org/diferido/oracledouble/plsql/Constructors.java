package org.diferido.oracledouble.plsql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.diferido.oracledouble.dictionary.Dictionary;
import org.diferido.oracledouble.dictionary.MadeType;
import org.diferido.oracledouble.dictionary.MadeType.Kind;
import org.diferido.oracledouble.dictionary.MadeType.Part;
import org.diferido.oracledouble.plsql.Block.Actual;
import org.diferido.oracledouble.plsql.Block.Construction;
import org.diferido.oracledouble.value.Conversion;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.value.UnknownException;
import org.diferido.oracledouble.wire.OracleType;

/**
 * Calls the constructors that the database makes for every type: a collection becomes a List, an
 * object a Map by the names of its attributes, in their order.
 */
final class Constructors {

  /** Functions that make a value of a type from text. */
  private static final Map<String, Integer> CONVERSIONS =
      Map.of("TO_DSINTERVAL", OracleType.INTERVAL_DS, "TO_YMINTERVAL", OracleType.INTERVAL_YM);

  private final Dictionary dictionary;
  private final String schema;
  private final Function<String, Object> bindValue;

  /**
   * @param schema where a name without an owner is looked up
   */
  Constructors(Dictionary dictionary, String schema, Function<String, Object> bindValue) {
    this.dictionary = dictionary;
    this.schema = schema;
    this.bindValue = bindValue;
  }

  /** PLS-00201 when there is no such type. */
  MadeType type(Construction construction) {
    List<String> name = construction.name();
    if (name.size() > 2) {
      throw new UnknownException("the expression " + construction.spelledName());
    }
    String owner = name.size() == 1 ? schema : name.get(0);
    String last = name.get(name.size() - 1);
    MadeType type = dictionary.type(owner, last).orElse(null);
    if (type == null) {
      throw notDeclared(construction);
    }
    if (type.kind() == Kind.OPAQUE) {
      throw new UnknownException("the constructor " + construction.spelledName());
    }
    if (!type.instantiable()) {
      throw new UnknownException("a constructor of what is NOT INSTANTIABLE");
    }
    return type;
  }

  /** A name of one part may be a function of the language itself, and a known one is a function. */
  private OraException notDeclared(Construction construction) {
    String name = construction.spelledName();
    boolean mayBeAFunction =
        construction.name().size() == 1
            || dictionary.resolve(construction.name(), schema).isPresent();
    return mayBeAFunction
        ? new UnknownException("the function " + name + " in an expression")
        : OraException.compilation(
            construction.position(), "PLS-00201: identifier '" + name + "' must be declared");
  }

  /** The wire type of what a conversion gives; null for what is none. */
  static Integer converted(Construction construction) {
    return construction == null || construction.name().size() > 1
        ? null
        : CONVERSIONS.get(construction.name().get(0));
  }

  private Object convert(Construction construction) {
    List<Actual> arguments = construction.arguments();
    Object given = arguments.size() == 1 ? bindValue.apply(arguments.get(0).bind()) : this;
    if (given != null && !(given instanceof String)) {
      throw wrong(construction);
    }
    return Conversion.to(converted(construction), given);
  }

  Object construct(Construction construction) {
    if (converted(construction) != null) {
      return convert(construction);
    }
    MadeType type = type(construction);
    return type.isCollection() ? list(type, construction) : object(type, construction);
  }

  private List<Object> list(MadeType type, Construction construction) {
    List<Actual> arguments = construction.arguments();
    if (type.limit() != null && arguments.size() > type.limit()) {
      throw new UnknownException("more elements than a VARRAY may have");
    }
    List<Object> list = new ArrayList<>();
    for (Actual each : arguments) {
      if (each.name() != null) {
        throw wrong(construction);
      }
      list.add(value(type.parts().get(0), each, construction));
    }
    return list;
  }

  private Map<String, Object> object(MadeType type, Construction construction) {
    List<Actual> arguments = construction.arguments();
    Map<String, Object> values = new LinkedHashMap<>();
    type.parts().forEach(part -> values.put(part.name(), null));
    List<String> given = new ArrayList<>();
    for (int at = 0; at < arguments.size(); at++) {
      Actual each = arguments.get(at);
      int position = at;
      Part part =
          type.parts().stream()
              .filter(
                  known ->
                      each.name() == null
                          ? type.parts().indexOf(known) == position
                          : known.name().equals(each.name()))
              .findFirst()
              .orElseThrow(() -> wrong(construction));
      given.add(part.name());
      values.put(part.name(), value(part, each, construction));
    }
    if (given.size() != type.parts().size() || given.stream().distinct().count() < given.size()) {
      throw wrong(construction);
    }
    return values;
  }

  /** What is made must be of the very type; a scalar is converted. */
  private Object value(Part part, Actual actual, Construction construction) {
    if (actual.isNull()) {
      return null;
    }
    Integer converted = converted(actual.construction());
    if (converted != null && !part.isMade() && converted == part.type().wireType()) {
      return convert(actual.construction());
    }
    if (part.isMade() != (actual.construction() != null)) {
      throw wrong(construction);
    }
    if (!part.isMade()) {
      Object given = actual.bind() == null ? actual.literal() : bindValue.apply(actual.bind());
      return Conversion.to(part.type().wireType(), given);
    }
    if (!type(actual.construction()).path().equals(part.type().path())) {
      throw wrong(construction);
    }
    return construct(actual.construction());
  }

  private static OraException wrong(Construction construction) {
    String last = construction.name().get(construction.name().size() - 1);
    return OraException.compilation(
        construction.position(),
        "PLS-00306: wrong number or types of arguments in call to '" + last + "'");
  }
}
