package org.diferido.faults.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Keeps a job's row locked: who is to write its end waits, until this is closed. */
public final class RowLock implements AutoCloseable {

  private final Connection connection;

  public RowLock(DataSource registry, String job) throws SQLException {
    connection = registry.getConnection();
    connection.setAutoCommit(false);
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT 1 FROM diferido.ASYNC_JOBS WHERE JOB_ID = ? FOR UPDATE")) {
      lock.setString(1, job);
      lock.executeQuery();
    }
  }

  /** Lets go; once more does nothing. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
