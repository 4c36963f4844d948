package org.diferido.database.oracle;

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

/**
 * Lists what ALL_PROCEDURES shows: what the user may execute. Names of one package or of none,
 * without the methods of types, and without what Oracle itself maintains.
 */
final class OracleCatalogue {

  /** A function has an argument at position 0, which is what it returns. */
  private static final String SELECT =
      """
      SELECT P.OWNER, P.OBJECT_NAME, P.PROCEDURE_NAME, COUNT(*) AS OVERLOADS,
             COUNT(A.OBJECT_ID) AS FUNCTIONS
        FROM ALL_PROCEDURES P
        LEFT JOIN ALL_ARGUMENTS A
          ON A.OBJECT_ID = P.OBJECT_ID AND A.SUBPROGRAM_ID = P.SUBPROGRAM_ID AND A.POSITION = 0
         AND A.DATA_LEVEL = 0
       WHERE P.OBJECT_TYPE IN ('PROCEDURE', 'FUNCTION', 'PACKAGE')
         AND (P.OBJECT_TYPE <> 'PACKAGE' OR P.PROCEDURE_NAME IS NOT NULL)
         AND P.OWNER NOT IN (SELECT USERNAME FROM ALL_USERS WHERE ORACLE_MAINTAINED = 'Y')
         AND %s
       GROUP BY P.OWNER, P.OBJECT_NAME, P.PROCEDURE_NAME
       ORDER BY %s
      """;

  private static final String AFTER =
      """
      (P.OWNER > ? OR (P.OWNER = ? AND (P.OBJECT_NAME > ?
        OR (P.OBJECT_NAME = ? AND P.PROCEDURE_NAME > ?))))
      """;

  private static final NameCondition.Names NAMES =
      new NameCondition.Names(
          "P.OWNER", "P.OBJECT_NAME", "?", name -> name.toUpperCase(Locale.ROOT));

  private OracleCatalogue() {}

  /** A session may sort as some language does (NLS_SORT), and compare in another way. */
  private static String order() {
    return String.join(
        ", ",
        List.of("P.OWNER", "P.OBJECT_NAME", "P.PROCEDURE_NAME").stream()
            .map("NLSSORT(%s, 'NLS_SORT=BINARY') NULLS FIRST"::formatted)
            .toList());
  }

  static List<ListedProcedure> list(Connection connection, CatalogueQuery query)
      throws SQLException {
    String schema = OracleSignatures.currentSchema(connection);
    NameCondition areas = NameCondition.of(query.among(), NAMES, schema);
    QualifiedName after = query.after();
    String condition = after == null ? areas.sql() : areas.sql() + " AND " + AFTER;
    List<String> values = new ArrayList<>(areas.values());
    if (after != null) {
      values.addAll(List.of(after.schema(), after.schema(), after.object(), after.object()));
      // What is in no package has no name beside that of its object.
      values.add(after.packageName() == null ? " " : after.name());
    }
    return new ListedRows(query, NAMES.fold(), row -> name(row, schema))
        .read(connection, SELECT.formatted(condition, order()), values);
  }

  private static QualifiedName name(ResultSet row, String schema) throws SQLException {
    String owner = row.getString("OWNER");
    String object = row.getString("OBJECT_NAME");
    String procedure = row.getString("PROCEDURE_NAME");
    return new QualifiedName(
        owner,
        procedure == null ? null : object,
        procedure == null ? object : procedure,
        owner.equals(schema));
  }
}
