package org.diferido.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.diferido.it.Client;

/** Keeps calls waiting in the database until it is opened; by them workers are kept busy. */
final class Gate implements AutoCloseable {

  private final Connection connection;
  private final JobTable table;

  Gate(Stand stand, JobTable table) throws SQLException {
    this.table = table;
    connection = stand.database().source().getConnection();
    execute("SELECT pg_advisory_lock(" + BenchProcedures.GATE + ")");
  }

  /**
   * Has calls wait until it is opened.
   *
   * @param calls that the nodes get in turn
   */
  void occupy(Stand stand, int calls) {
    for (int node = 0; node < stand.nodes().size(); node++) {
      Client client = stand.client(node);
      // What a worker will ask of the dictionary is asked now, while it answers.
      client.accepted(BenchProcedures.request(BenchProcedures.NOTHING));
      client.accepted(BenchProcedures.request(BenchProcedures.FIFTY_MILLIS));
    }
    table.awaitNoneLive();
    for (int at = 0; at < calls; at++) {
      stand
          .client(at % stand.nodes().size())
          .accepted(BenchProcedures.request(BenchProcedures.WAITS));
    }
    table.awaitRunning(calls);
  }

  void open() throws SQLException {
    execute("SELECT pg_advisory_unlock(" + BenchProcedures.GATE + ")");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
