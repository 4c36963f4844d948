package org.diferido.database.registry;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.diferido.database.WatchedPool;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * The connections of the registry's pool, for Jdbi: each borrowing and each giving back is told.
 */
record PooledConnections(WatchedPool pool, DataSource source) implements ConnectionFactory {

  @Override
  public Connection openConnection() throws SQLException {
    return pool.borrow(source);
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    pool.giveBack(connection);
  }
}
