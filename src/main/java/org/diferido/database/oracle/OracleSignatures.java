package org.diferido.database.oracle;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diferido.database.Dialect;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.QualifiedName;
import org.diferido.procedure.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up: DBMS_UTILITY.NAME_RESOLVE finds where a name leads, through synonyms and with the
 * user's privileges; ALL_PROCEDURES tells what is there. The driver's own metadata has no defaults
 * and no type names of PL/SQL.
 */
final class OracleSignatures {

  private static final String RESOLVE = "{call DBMS_UTILITY.NAME_RESOLVE(?,1,?,?,?,?,?,?)}";

  /** ALL_ARGUMENTS leaves out procedures without any, so it is not the one to begin with. */
  private static final String ARGUMENTS =
      """
      SELECT P.OBJECT_ID, P.SUBPROGRAM_ID, P.PIPELINED, A.ARGUMENT_NAME, A.POSITION, A.IN_OUT,
             A.DEFAULTED, A.DATA_TYPE, A.PLS_TYPE, A.DATA_LENGTH, A.DATA_PRECISION, A.DATA_SCALE,
             A.CHAR_LENGTH, A.TYPE_OWNER, A.TYPE_NAME, A.TYPE_SUBNAME
        FROM ALL_PROCEDURES P
        LEFT JOIN ALL_ARGUMENTS A
          ON A.OBJECT_ID = P.OBJECT_ID AND A.SUBPROGRAM_ID = P.SUBPROGRAM_ID AND A.DATA_LEVEL = 0
       WHERE P.OWNER = ? AND P.OBJECT_NAME = ? AND NVL(P.PROCEDURE_NAME, ' ') = NVL(?, ' ')
       ORDER BY P.SUBPROGRAM_ID, A.SEQUENCE
      """;

  private static final String SCHEMA = "SELECT SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') FROM DUAL";

  /** Too many parts, no such object, no such object of this kind, an invalid name. */
  private static final Set<Integer> NOT_FOUND = Set.of(6563, 6564, 4043, 4047, 931, 44004, 6550);

  /** NAME_RESOLVE's part1_type: procedure, function, package. */
  private static final Set<Integer> CALLABLE = Set.of(7, 8, 9);

  private OracleSignatures() {}

  /** Where a name leads; a procedure that is not in a package has no object of its own. */
  private record Place(String schema, @Nullable String packageName, String name) {

    String object() {
      return packageName == null ? name : packageName;
    }

    @Nullable String subprogram() {
      return packageName == null ? null : name;
    }
  }

  static List<Signature> find(Connection connection, ProcedureName name) throws SQLException {
    Optional<Place> place = place(connection, name);
    return place.isEmpty() ? List.of() : signatures(connection, place.get());
  }

  private static Optional<Place> place(Connection connection, ProcedureName name)
      throws SQLException {
    try (CallableStatement statement = connection.prepareCall(RESOLVE)) {
      statement.setQueryTimeout(Dialect.PATIENCE);
      statement.setString(1, quoted(name));
      for (int at = 2; at <= 5; at++) {
        statement.registerOutParameter(at, Types.VARCHAR);
      }
      statement.registerOutParameter(6, Types.NUMERIC);
      statement.registerOutParameter(7, Types.NUMERIC);
      statement.execute();
      return place(statement);
    } catch (SQLException e) {
      if (NOT_FOUND.contains(e.getErrorCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * What is in another database is nobody's business here, and a package alone cannot be called.
   */
  private static Optional<Place> place(CallableStatement resolved) throws SQLException {
    String schema = resolved.getString(2);
    String name = resolved.getString(4);
    boolean remote = resolved.getString(5) != null;
    return remote || schema == null || name == null || !CALLABLE.contains(resolved.getInt(6))
        ? Optional.empty()
        : Optional.of(new Place(schema, resolved.getString(3), name));
  }

  private static String quoted(ProcedureName name) {
    return String.join(
        ".", name.parts().stream().map(part -> OracleCallText.quoted(part.folded())).toList());
  }

  private static List<Signature> signatures(Connection connection, Place place)
      throws SQLException {
    QualifiedName name =
        new QualifiedName(
            place.schema,
            place.packageName,
            place.name,
            place.schema.equals(currentSchema(connection)));
    Map<String, Overload> overloads = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(ARGUMENTS)) {
      statement.setQueryTimeout(Dialect.PATIENCE);
      statement.setString(1, place.schema);
      statement.setString(2, place.object());
      statement.setString(3, place.subprogram());
      statement.setFetchSize(200);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String specific = rows.getString("OBJECT_ID") + "." + rows.getString("SUBPROGRAM_ID");
          overloads.computeIfAbsent(specific, same -> new Overload()).add(rows);
        }
      }
    }
    List<Signature> signatures = new ArrayList<>();
    OracleMadeTypes types = new OracleMadeTypes(connection);
    for (Map.Entry<String, Overload> each : overloads.entrySet()) {
      signatures.add(each.getValue().signature(name, each.getKey(), types));
    }
    return signatures;
  }

  static String currentSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SCHEMA)) {
      row.next();
      return row.getString(1);
    }
  }

  /** One procedure or function of a name, as its rows tell it. */
  private static final class Overload {

    private final List<OracleParameter> parameters = new ArrayList<>();
    private @Nullable Parameter returns;

    void add(ResultSet row) throws SQLException {
      if (row.getString("IN_OUT") == null) {
        return; // nothing goes in or out
      }
      OracleParameter parameter = OracleParameter.read(row);
      if (row.getInt("POSITION") == 0) {
        returns = parameter.parameter();
      } else {
        parameters.add(parameter);
      }
    }

    Signature signature(QualifiedName name, String specific, OracleMadeTypes types)
        throws SQLException {
      List<Parameter> found = new ArrayList<>();
      for (OracleParameter parameter : parameters) {
        found.add(parameter.in(types));
      }
      return new Signature(name, specific, found, returns);
    }
  }
}
