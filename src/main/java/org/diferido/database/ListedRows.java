package org.diferido.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.diferido.procedure.CatalogueQuery;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.QualifiedName;

/**
 * The rows of a dictionary that a list wants: until there are enough, in the order they come in.
 *
 * @param fold what the database makes of a name without quotes
 */
public record ListedRows(CatalogueQuery query, UnaryOperator<String> fold, Naming naming) {

  private static final int FETCHED_AT_ONCE = 200;

  /** Where a row's procedure is. */
  public interface Naming {
    QualifiedName name(ResultSet row) throws SQLException;
  }

  /**
   * Reads them.
   *
   * @param sql a query whose rows have the columns {@code OVERLOADS} and {@code FUNCTIONS}
   * @param values of its parameters
   */
  public List<ListedProcedure> read(Connection connection, String sql, List<String> values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(Dialect.PATIENCE);
      statement.setFetchSize(FETCHED_AT_ONCE);
      for (int at = 0; at < values.size(); at++) {
        statement.setString(at + 1, values.get(at));
      }
      List<ListedProcedure> listed = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (listed.size() < query.most() && rows.next()) {
          addTo(listed, rows);
        }
      }
      return listed;
    }
  }

  private void addTo(List<ListedProcedure> listed, ResultSet row) throws SQLException {
    QualifiedName name = naming.name(row);
    int functions = row.getInt("FUNCTIONS");
    int procedures = row.getInt("OVERLOADS") - functions;
    if (query.has(name)) {
      ProcedureName.spelled(name, fold)
          .map(spelling -> new ListedProcedure(name, spelling, procedures, functions))
          .ifPresent(listed::add);
    }
  }
}
