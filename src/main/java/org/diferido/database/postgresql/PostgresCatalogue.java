package org.diferido.database.postgresql;

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
 * Lists what pg_proc has for the user, but for what begins with {@code pg_}, as the server's own.
 */
final class PostgresCatalogue {

  /** Names compare by their bytes, whatever the locale (PostgreSQL documentation, "name"). */
  private static final String SELECT =
      """
      SELECT n.nspname, p.proname, COUNT(*) AS overloads,
             COUNT(*) FILTER (WHERE p.prokind = 'f') AS functions
        FROM pg_catalog.pg_proc p
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
       WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg!_%%' ESCAPE '!'
         AND p.prokind IN ('p', 'f')
         AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
         AND %s
         AND has_schema_privilege(n.oid, 'USAGE') AND has_function_privilege(p.oid, 'EXECUTE')
       GROUP BY n.nspname, p.proname
       ORDER BY n.nspname, p.proname
      """;

  private static final String AFTER =
      " AND (n.nspname, p.proname) > (CAST(? AS name), CAST(? AS name))";

  private static final NameCondition.Names NAMES =
      new NameCondition.Names(
          "n.nspname", "p.proname", "CAST(? AS name)", name -> name.toLowerCase(Locale.ROOT));

  private PostgresCatalogue() {}

  static List<ListedProcedure> list(Connection connection, CatalogueQuery query)
      throws SQLException {
    String schema = String.valueOf(connection.getSchema());
    NameCondition areas = NameCondition.of(query.among(), NAMES, schema);
    QualifiedName after = query.after();
    String condition = after == null ? areas.sql() : areas.sql() + AFTER;
    List<String> values = new ArrayList<>(areas.values());
    if (after != null) {
      values.addAll(List.of(after.schema(), after.name()));
    }
    return new ListedRows(query, NAMES.fold(), row -> name(row, schema))
        .read(connection, SELECT.formatted(condition), values);
  }

  private static QualifiedName name(ResultSet row, String schema) throws SQLException {
    String owner = row.getString("nspname");
    return new QualifiedName(owner, null, row.getString("proname"), owner.equals(schema));
  }
}
