package org.diferido.database.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diferido.database.Dialect;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.QualifiedName;
import org.diferido.procedure.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up in pg_proc. {@code NAME} is sought along the search path and the first schema that
 * has it counts, {@code SCHEMA.NAME} there; three parts name nothing, as there are no packages.
 */
final class PostgresSignatures {

  /** Before the oid in a specific name: what is called with SELECT. */
  static final String FUNCTION = "function ";

  /**
   * One row for each parameter, or one in all for a routine without any. Types are named as a cast
   * wants them: {@code character} would be one of length one, {@code bpchar} is of any.
   */
  private static final String ROUTINES =
      """
      SELECT n.nspname, p.proname, p.oid::text AS oid, p.prokind = 'f' AS is_function, p.proretset,
             n.nspname = current_schema() AS is_default,
             format_type(p.prorettype, NULL) AS returns,
             format_type(COALESCE(NULLIF(r.typbasetype, 0), r.oid), NULL) AS returns_base,
             r.typtype AS returns_kind,
             a.place, a.name, COALESCE(a.mode, 'i') AS mode, format_type(a.type, -1) AS type,
             format_type(COALESCE(NULLIF(t.typbasetype, 0), t.oid), NULL) AS type_base,
             t.typtype AS type_kind, p.pronargs - p.pronargdefaults AS needed,
             COUNT(*) FILTER (WHERE COALESCE(a.mode, 'i') IN ('i', 'b', 'v'))
               OVER (PARTITION BY p.oid ORDER BY a.place) AS input_place
        FROM pg_catalog.pg_proc p
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        JOIN pg_catalog.pg_type r ON r.oid = p.prorettype
        LEFT JOIN LATERAL
             unnest(COALESCE(p.proallargtypes, p.proargtypes::oid[]), p.proargmodes, p.proargnames)
               WITH ORDINALITY AS a(type, mode, name, place) ON TRUE
        LEFT JOIN pg_catalog.pg_type t ON t.oid = a.type
       WHERE p.proname = CAST(? AS text)
         AND n.nspname = COALESCE(CAST(? AS text),
               (SELECT f.nspname
                  FROM pg_catalog.pg_proc q
                  JOIN pg_catalog.pg_namespace f ON f.oid = q.pronamespace
                 WHERE q.proname = CAST(? AS text) AND f.nspname = ANY (current_schemas(false))
                 ORDER BY array_position(current_schemas(false), f.nspname) LIMIT 1))
         AND n.nspname NOT IN ('pg_catalog', 'information_schema')
         AND p.prokind IN ('p', 'f')
         AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
         AND has_schema_privilege(n.oid, 'USAGE') AND has_function_privilege(p.oid, 'EXECUTE')
       ORDER BY p.oid, a.place
      """;

  private PostgresSignatures() {}

  static List<Signature> find(Connection connection, ProcedureName name) throws SQLException {
    List<String> parts = name.parts().stream().map(PostgresSignatures::folded).toList();
    if (parts.size() > 2) {
      return List.of();
    }
    String own = parts.get(parts.size() - 1);
    Map<String, Routine> routines = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(ROUTINES)) {
      statement.setQueryTimeout(Dialect.PATIENCE);
      statement.setString(1, own);
      statement.setString(2, parts.size() == 2 ? parts.get(0) : null);
      statement.setString(3, own);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Routine routine = routines.get(rows.getString("oid"));
          if (routine == null) {
            routine = new Routine(rows);
            routines.put(rows.getString("oid"), routine);
          }
          routine.add(rows);
        }
      }
    }
    return routines.values().stream().map(Routine::signature).toList();
  }

  private static String folded(ProcedureName.Identifier part) {
    return part.quoted() ? part.text() : part.text().toLowerCase(Locale.ROOT);
  }

  /** A procedure or function, as its rows tell it. */
  private static final class Routine {

    private static final String ANY_ROWS = "SETOF record";

    private final QualifiedName name;
    private final String specificName;
    private final boolean rows;
    private final @Nullable Parameter returns;
    private boolean namesItsColumns;
    private final List<Parameter> parameters = new ArrayList<>();

    Routine(ResultSet row) throws SQLException {
      this.name =
          new QualifiedName(
              row.getString("nspname"),
              null,
              row.getString("proname"),
              row.getBoolean("is_default"));
      boolean function = row.getBoolean("is_function");
      this.rows = row.getBoolean("proretset");
      this.specificName = (function ? FUNCTION : "procedure ") + row.getString("oid");
      this.returns = function ? returned(row) : null;
    }

    /** What comes of a function is rows, or one value; with OUT parameters it is those. */
    private Parameter returned(ResultSet row) throws SQLException {
      ParameterType type =
          PostgresType.of(row.getString("returns_base"), row.getString("returns_kind"));
      return new Parameter(
          ArgumentMatching.RETURN_VALUE,
          Direction.OUT,
          rows ? ParameterType.CURSOR : type,
          (rows ? "SETOF " : "") + row.getString("returns"),
          false,
          0,
          0);
    }

    void add(ResultSet row) throws SQLException {
      String mode = row.getString("mode");
      if (row.getString("type") == null) {
        return;
      }
      // Rows with named columns are told by these as if they were parameters.
      boolean column = rows && "obt".contains(mode);
      namesItsColumns |= column;
      boolean goesIn = !mode.equals("o") && !mode.equals("t");
      if (!column || goesIn) {
        Direction out = goesIn ? Direction.INOUT : Direction.OUT;
        boolean comesOut = !column && "ob".contains(mode);
        parameters.add(parameter(row, comesOut ? out : Direction.IN, mode));
      }
    }

    private static Parameter parameter(ResultSet row, Direction direction, String mode)
        throws SQLException {
      String base = row.getString("type_base");
      String name = row.getString("name");
      boolean usable = name != null && !name.isEmpty() && !mode.equals("v");
      boolean optional = direction.goesIn() && row.getInt("input_place") > row.getInt("needed");
      return new Parameter(
          usable ? name : "$" + row.getInt("place"),
          direction,
          usable ? PostgresType.of(base, row.getString("type_kind")) : ParameterType.UNSUPPORTED,
          (mode.equals("v") ? "VARIADIC " : "")
              + row.getString("type")
              + (usable ? "" : " (unnamed)"),
          optional,
          0,
          PostgresType.integerDigits(base));
    }

    Signature signature() {
      if (rows && returns != null && returns.databaseType().equals(ANY_ROWS) && !namesItsColumns) {
        return new Signature(name, specificName, parameters, unsupported(returns));
      }
      boolean outs = parameters.stream().anyMatch(each -> each.direction().comesOut());
      boolean nothing = outs || returns == null || returns.databaseType().equals("void");
      return new Signature(name, specificName, parameters, nothing ? null : returns);
    }

    /** Whoever selects from such a function has to say what its columns are. */
    private static Parameter unsupported(Parameter returns) {
      return new Parameter(
          returns.name(),
          returns.direction(),
          ParameterType.UNSUPPORTED,
          returns.databaseType(),
          false,
          0,
          0);
    }
  }
}
