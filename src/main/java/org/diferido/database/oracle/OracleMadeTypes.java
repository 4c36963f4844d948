package org.diferido.database.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diferido.database.Dialect;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.Parameter.Shape;
import org.diferido.procedure.ParameterType;
import org.jspecify.annotations.Nullable;

/**
 * What the types are that somebody made with CREATE TYPE, as ALL_TYPES, ALL_COLL_TYPES and
 * ALL_TYPE_ATTRS tell it (Oracle Database Reference). Those views show what the user owns or may
 * EXECUTE, which is also what the user needs to call a constructor.
 *
 * <p>Serves one look-up of a name, and asks once for each type.
 */
final class OracleMadeTypes {

  private static final String TYPE =
      """
      SELECT T.TYPECODE, T.INSTANTIABLE, T.INCOMPLETE
        FROM ALL_TYPES T
       WHERE T.OWNER = ? AND T.TYPE_NAME = ?
      """;

  private static final String ELEMENT =
      """
      SELECT C.COLL_TYPE, C.UPPER_BOUND, C.ELEM_TYPE_MOD AS PART_MOD,
             C.ELEM_TYPE_OWNER AS PART_OWNER, C.ELEM_TYPE_NAME AS PART_TYPE, C.LENGTH, C.PRECISION,
             C.SCALE
        FROM ALL_COLL_TYPES C
       WHERE C.OWNER = ? AND C.TYPE_NAME = ?
      """;

  /** With those of the supertypes. */
  private static final String ATTRIBUTES =
      """
      SELECT A.ATTR_NAME, A.ATTR_TYPE_MOD AS PART_MOD, A.ATTR_TYPE_OWNER AS PART_OWNER,
             A.ATTR_TYPE_NAME AS PART_TYPE, A.LENGTH, A.PRECISION, A.SCALE
        FROM ALL_TYPE_ATTRS A
       WHERE A.OWNER = ? AND A.TYPE_NAME = ?
       ORDER BY A.ATTR_NO
      """;

  /** What these views call otherwise than ALL_ARGUMENTS.DATA_TYPE does. */
  private static final Map<String, String> SPELLINGS =
      Map.of(
          "TIMESTAMP WITH TZ", "TIMESTAMP WITH TIME ZONE",
          "TIMESTAMP WITH LOCAL TZ", "TIMESTAMP WITH LOCAL TIME ZONE",
          "DOUBLE PRECISION", "FLOAT",
          "SMALLINT", "INTEGER");

  private final Connection connection;
  private final Map<List<String>, MadeType> known = new HashMap<>();

  OracleMadeTypes(Connection connection) {
    this.connection = connection;
  }

  /**
   * A type that somebody made.
   *
   * @param type COLLECTION, OBJECT, or UNSUPPORTED when no value can be given for some part of it
   * @param name for people: {@code TABLE APP.T_LISTA}
   * @param why for people, what of it is not supported; empty when all is, or when it is not known
   * @param scalars how many there are in one value, with a collection of one element
   */
  record MadeType(ParameterType type, String name, String why, Shape shape, int scalars) {

    private static MadeType unsupported(String name, String why) {
      return new MadeType(ParameterType.UNSUPPORTED, name, why, Shape.NONE, 0);
    }

    String shown() {
      return name + note();
    }

    String note() {
      return why.isEmpty() ? "" : " (" + why + ")";
    }
  }

  /**
   * A row of ALL_TYPES.
   *
   * @param why no value can be made of it, whatever it consists of; empty when one can
   */
  private record Declaration(String code, String why) {

    static Declaration read(ResultSet row) throws SQLException {
      String code = row.getString("TYPECODE");
      boolean made = !code.equals("OBJECT") || "YES".equals(row.getString("INSTANTIABLE"));
      String complete = "YES".equals(row.getString("INCOMPLETE")) ? "INCOMPLETE" : "";
      return new Declaration(code, made ? complete : "NOT INSTANTIABLE");
    }
  }

  /** An attribute or an element as the dictionary tells it. */
  private record Part(
      String name,
      @Nullable String modifier,
      @Nullable String owner,
      String type,
      int length,
      int precision,
      int scale) {

    static Part read(String name, ResultSet row) throws SQLException {
      return new Part(
          name,
          row.getString("PART_MOD"),
          row.getString("PART_OWNER"),
          row.getString("PART_TYPE"),
          row.getInt("LENGTH"),
          row.getInt("PRECISION"),
          row.getInt("SCALE"));
    }

    String typeName() {
      return (modifier == null ? "" : modifier + " ") + (owner == null ? "" : owner + ".") + type;
    }
  }

  /** A part, and how many scalars there are in it; none when it is not supported. */
  private record Sized(Parameter parameter, int scalars) {}

  /** Looks a type up. One that contains itself, by whatever way, is not supported. */
  MadeType find(String owner, String name) throws SQLException {
    List<String> key = List.of(owner, name);
    MadeType found = known.get(key);
    if (found == null) {
      known.put(key, MadeType.unsupported(owner + "." + name, ""));
      found = look(owner, name);
      known.put(key, found);
    }
    return found;
  }

  private MadeType look(String owner, String name) throws SQLException {
    String shown = owner + "." + name;
    Optional<Declaration> declaration = declaration(owner, name);
    if (declaration.isEmpty()) {
      return MadeType.unsupported(shown, "");
    }
    Declaration type = declaration.get();
    if (!type.why.isEmpty()) {
      return MadeType.unsupported(type.code + " " + shown, type.why);
    }
    return switch (type.code) {
      case "COLLECTION" -> collection(owner, name);
      case "OBJECT" ->
          made(ParameterType.OBJECT, "OBJECT " + shown, owner, name, attributes(owner, name), 0);
      default -> MadeType.unsupported(shown, "");
    };
  }

  private Optional<Declaration> declaration(String owner, String name) throws SQLException {
    try (PreparedStatement statement = prepared(TYPE, owner, name);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(Declaration.read(row)) : Optional.empty();
    }
  }

  private MadeType collection(String owner, String name) throws SQLException {
    String kind;
    int most;
    Part element;
    try (PreparedStatement statement = prepared(ELEMENT, owner, name);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return MadeType.unsupported(owner + "." + name, "");
      }
      kind = row.getString("COLL_TYPE").equals("TABLE") ? "TABLE " : "VARRAY ";
      most = row.getInt("UPPER_BOUND");
      element = Part.read("", row);
    }
    String shown = kind + owner + "." + name;
    return made(ParameterType.COLLECTION, shown, owner, name, List.of(element), most);
  }

  private List<Part> attributes(String owner, String name) throws SQLException {
    List<Part> attributes = new ArrayList<>();
    try (PreparedStatement statement = prepared(ATTRIBUTES, owner, name);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        attributes.add(Part.read(rows.getString("ATTR_NAME"), rows));
      }
    }
    return attributes;
  }

  private MadeType made(
      ParameterType type, String shown, String owner, String name, List<Part> parts, int most)
      throws SQLException {
    List<Parameter> parameters = new ArrayList<>();
    int scalars = 0;
    for (Part part : parts) {
      Sized sized = sized(part);
      Parameter parameter = sized.parameter;
      if (parameter.type() == ParameterType.UNSUPPORTED) {
        String which = (part.name.isEmpty() ? "" : part.name + " ") + parameter.databaseType();
        return MadeType.unsupported(shown, which);
      }
      parameters.add(parameter);
      scalars += sized.scalars;
    }
    // More than a call may have; and a few types within each other could be millions of them.
    return scalars == 0 || scalars > BoundCall.MOST_PARTS
        ? MadeType.unsupported(shown, "")
        : new MadeType(type, shown, "", new Shape(owner, name, parameters, most), scalars);
  }

  private Sized sized(Part part) throws SQLException {
    if (part.modifier == null && part.owner != null) {
      MadeType made = find(part.owner, part.type);
      return new Sized(
          new Parameter(part.name, Direction.IN, made.type, made.shown(), false, 0, 0, made.shape),
          made.scalars);
    }
    Optional<Parameter> scalar = part.modifier == null ? scalar(part) : Optional.empty();
    return scalar.isPresent()
        ? new Sized(scalar.get(), 1)
        : new Sized(
            new Parameter(
                part.name, Direction.IN, ParameterType.UNSUPPORTED, part.typeName(), false, 0, 0),
            0);
  }

  private static Optional<Parameter> scalar(Part part) {
    String declared = SPELLINGS.getOrDefault(part.type, part.type);
    OracleType type = OracleType.of(declared);
    return type.type() == ParameterType.UNSUPPORTED || type.type() == ParameterType.CURSOR
        ? Optional.empty()
        : Optional.of(
            new Parameter(
                part.name,
                Direction.IN,
                type.type(),
                declared,
                false,
                OracleParameter.maxLength(type, part.length),
                OracleParameter.integerDigits(type, declared, part.precision, part.scale)));
  }

  private PreparedStatement prepared(String sql, String owner, String name) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(Dialect.PATIENCE);
    statement.setString(1, owner);
    statement.setString(2, name);
    statement.setFetchSize(100);
    return statement;
  }
}
