package org.diferido.oracledouble.backing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.util.List;
import org.diferido.oracledouble.session.Engine.Outcome;

/** The connection to HSQLDB behind one Oracle session, opened when it is needed. */
public final class BackingSession implements AutoCloseable {

  private final BackingDatabase database;
  private Connection connection;

  public BackingSession(BackingDatabase database) {
    this.database = database;
  }

  public Connection connection() {
    try {
      if (connection == null) {
        connection = database.connect();
      }
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A query gives rows, everything else a count. */
  public Outcome run(String sql, List<Object> values) throws InterruptedException {
    if (database.locks().run(sql, this)) {
      return Outcome.changed(0);
    }
    try (PreparedStatement statement =
        connection().prepareStatement(SqlTranslation.translate(sql))) {
      for (int at = 0; at < values.size(); at++) {
        set(statement, at + 1, values.get(at));
      }
      if (!statement.execute()) {
        return Outcome.changed(Math.max(0, statement.getUpdateCount()));
      }
      try (ResultSet result = statement.getResultSet()) {
        return Outcome.query(ResultMapping.read(result));
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, sql);
    }
  }

  private static void set(PreparedStatement statement, int at, Object value) throws SQLException {
    if (value == null) {
      statement.setNull(at, Types.NULL);
    } else if (value instanceof String text) {
      statement.setString(at, text);
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(at, bytes);
    } else {
      statement.setObject(at, value);
    }
  }

  /** Where {@link #undo} goes back to. */
  public Savepoint savepoint() {
    try {
      return connection().setSavepoint();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public void undo(Savepoint to) {
    try {
      connection().rollback(to);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public void commit() {
    end(true);
  }

  /** Ends a transaction in which nothing was changed, but keeps its locks. */
  public void endReading() {
    endTransaction(false);
  }

  public void rollback() {
    end(false);
  }

  private void end(boolean commits) {
    database.locks().release(this);
    endTransaction(commits);
  }

  private void endTransaction(boolean commits) {
    if (connection == null) {
      return;
    }
    try {
      if (commits) {
        connection.commit();
      } else {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e, commits ? "COMMIT" : "ROLLBACK");
    }
  }

  @Override
  public void close() {
    database.locks().release(this);
    if (connection == null) {
      return;
    }
    try {
      connection.rollback();
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
