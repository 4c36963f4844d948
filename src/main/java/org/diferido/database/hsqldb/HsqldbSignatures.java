package org.diferido.database.hsqldb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.QualifiedName;
import org.diferido.procedure.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up in INFORMATION_SCHEMA. {@code NAME} is sought in the connection's schema, {@code
 * SCHEMA.NAME} there; three parts name nothing, as there are no packages.
 */
final class HsqldbSignatures {

  /**
   * JDBC's own metadata would not tell what a function returns. The points are there because {@code
   * =} takes a name with spaces behind for the name without.
   */
  private static final String ROUTINES =
      """
      SELECT R.ROUTINE_SCHEMA, R.ROUTINE_NAME, R.SPECIFIC_NAME, R.DTD_IDENTIFIER AS RETURNS,
             CASE WHEN R.ROUTINE_SCHEMA = CURRENT_SCHEMA THEN TRUE ELSE FALSE END AS IS_DEFAULT,
             P.PARAMETER_NAME, P.PARAMETER_MODE, P.DTD_IDENTIFIER AS DECLARED
        FROM INFORMATION_SCHEMA.ROUTINES R
        LEFT JOIN INFORMATION_SCHEMA.PARAMETERS P
          ON P.SPECIFIC_SCHEMA = R.SPECIFIC_SCHEMA AND P.SPECIFIC_NAME = R.SPECIFIC_NAME
       WHERE R.ROUTINE_SCHEMA || '.' = COALESCE(CAST(? AS VARCHAR(128)), CURRENT_SCHEMA) || '.'
         AND R.ROUTINE_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'SYSTEM_LOBS')
         AND R.ROUTINE_NAME || '.' = CAST(? AS VARCHAR(128)) || '.'
       ORDER BY R.SPECIFIC_NAME, P.ORDINAL_POSITION
      """;

  private HsqldbSignatures() {}

  static List<Signature> find(Connection connection, ProcedureName name) throws SQLException {
    List<String> parts = name.parts().stream().map(ProcedureName.Identifier::folded).toList();
    if (parts.size() > 2) {
      return List.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(ROUTINES)) {
      statement.setString(1, parts.size() == 2 ? parts.get(0) : null);
      statement.setString(2, parts.get(parts.size() - 1));
      try (ResultSet rows = statement.executeQuery()) {
        return signatures(rows);
      }
    }
  }

  /** One row for each parameter, or one in all for a routine without any. */
  private static List<Signature> signatures(ResultSet rows) throws SQLException {
    List<Signature> signatures = new ArrayList<>();
    List<Parameter> parameters = new ArrayList<>();
    @Nullable Signature open = null;
    while (rows.next()) {
      if (open != null && !open.specificName().equals(rows.getString("SPECIFIC_NAME"))) {
        addCallable(signatures, open, parameters);
        parameters.clear();
        open = null;
      }
      open = open == null ? head(rows) : open;
      if (rows.getString("PARAMETER_MODE") != null) {
        parameters.add(parameter(rows));
      }
    }
    if (open != null) {
      addCallable(signatures, open, parameters);
    }
    return signatures;
  }

  private static Signature head(ResultSet rows) throws SQLException {
    QualifiedName name =
        new QualifiedName(
            rows.getString("ROUTINE_SCHEMA"),
            null,
            rows.getString("ROUTINE_NAME"),
            rows.getBoolean("IS_DEFAULT"));
    String returns = rows.getString("RETURNS");
    return new Signature(
        name,
        rows.getString("SPECIFIC_NAME"),
        List.of(),
        returns == null ? null : returned(returns));
  }

  /** A function that changes its parameters is an aggregate one, which cannot be called. */
  private static void addCallable(
      List<Signature> signatures, Signature head, List<Parameter> parameters) {
    boolean aggregate =
        head.isFunction() && parameters.stream().anyMatch(each -> each.direction().comesOut());
    if (!aggregate) {
      signatures.add(new Signature(head.name(), head.specificName(), parameters, head.returns()));
    }
  }

  private static Parameter parameter(ResultSet rows) throws SQLException {
    Direction direction = Direction.parse(rows.getString("PARAMETER_MODE")).orElseThrow();
    HsqldbType type = HsqldbType.parse(rows.getString("DECLARED"));
    return of(rows.getString("PARAMETER_NAME"), direction, type);
  }

  /** A function that returns a table is called like any other; its rows come as the value. */
  private static Parameter returned(String declared) {
    HsqldbType type = HsqldbType.parse(declared);
    return of(
        ArgumentMatching.RETURN_VALUE,
        Direction.OUT,
        declared.startsWith("ROW(") ? new HsqldbType(ParameterType.CURSOR, declared, 0, 0) : type);
  }

  private static Parameter of(String name, Direction direction, HsqldbType type) {
    return new Parameter(
        name, direction, type.type(), type.shown(), false, type.maxLength(), type.integerDigits());
  }
}
