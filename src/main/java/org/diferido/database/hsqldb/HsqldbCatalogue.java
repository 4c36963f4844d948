package org.diferido.database.hsqldb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.diferido.database.ListedRows;
import org.diferido.database.NameCondition;
import org.diferido.procedure.CatalogueQuery;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.QualifiedName;

/** Lists what INFORMATION_SCHEMA has of routines, but for its own and aggregate functions. */
final class HsqldbCatalogue {

  private static final String SELECT =
      """
      SELECT R.ROUTINE_SCHEMA, R.ROUTINE_NAME, COUNT(*) AS OVERLOADS,
             SUM(CASE WHEN R.ROUTINE_TYPE = 'FUNCTION' THEN 1 ELSE 0 END) AS FUNCTIONS
        FROM INFORMATION_SCHEMA.ROUTINES R
       WHERE R.ROUTINE_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'SYSTEM_LOBS')
         AND (R.ROUTINE_TYPE = 'PROCEDURE' OR NOT EXISTS (
               SELECT 1 FROM INFORMATION_SCHEMA.PARAMETERS P
                WHERE P.SPECIFIC_SCHEMA = R.SPECIFIC_SCHEMA AND P.SPECIFIC_NAME = R.SPECIFIC_NAME
                  AND P.PARAMETER_MODE <> 'IN'))
         AND %s
       GROUP BY R.ROUTINE_SCHEMA, R.ROUTINE_NAME
       ORDER BY R.ROUTINE_SCHEMA, R.ROUTINE_NAME
      """;

  private static final String AFTER =
      " AND (R.ROUTINE_SCHEMA > ? OR (R.ROUTINE_SCHEMA = ? AND R.ROUTINE_NAME > ?))";

  private static final NameCondition.Names NAMES =
      new NameCondition.Names(
          "R.ROUTINE_SCHEMA", "R.ROUTINE_NAME", "?", name -> name.toUpperCase(Locale.ROOT));

  private HsqldbCatalogue() {}

  static List<ListedProcedure> list(Connection connection, CatalogueQuery query)
      throws SQLException {
    String schema = connection.getSchema();
    NameCondition areas = NameCondition.of(query.among(), NAMES, schema);
    QualifiedName after = query.after();
    String condition = after == null ? areas.sql() : areas.sql() + AFTER;
    List<String> values = new ArrayList<>(areas.values());
    if (after != null) {
      values.addAll(List.of(after.schema(), after.schema(), after.name()));
    }
    return new ListedRows(query, NAMES.fold(), row -> name(row, schema))
        .read(connection, SELECT.formatted(condition), values);
  }

  private static QualifiedName name(ResultSet row, String schema) throws SQLException {
    String owner = row.getString("ROUTINE_SCHEMA");
    return new QualifiedName(owner, null, row.getString("ROUTINE_NAME"), owner.equals(schema));
  }
}
