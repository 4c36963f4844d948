package org.diferido.oracledouble.backing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.diferido.oracledouble.session.Engine.Outcome;

/** The connection to HSQLDB behind one Oracle session, opened when it is needed. */
public final class BackingSession implements AutoCloseable {

  private final BackingDatabase database;
  private Connection connection;
  private boolean changed;

  public BackingSession(BackingDatabase database) {
    this.database = database;
  }

  Locks locks() {
    return database.locks();
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

  /** What names without a schema mean from now on, whatever becomes of the transaction. */
  public void schema(String name) {
    try {
      connection().setSchema(name);
    } catch (SQLException e) {
      throw SqlErrors.translate(e, "SET SCHEMA " + name);
    }
  }

  /** A query gives rows, everything else a count. */
  public Outcome run(String sql, List<Object> values) throws InterruptedException {
    if (locks().run(sql, this)) {
      return Outcome.changed(0);
    }
    try {
      Optional<LockingQuery> locking = LockingQuery.of(this, sql);
      return locking.isPresent() ? Outcome.query(locking.get().run(values)) : execute(sql, values);
    } finally {
      endReading();
    }
  }

  Outcome execute(String sql, List<Object> values) {
    Outcome outcome = Outcome.changed(0);
    for (String statement : AddedColumns.each(sql)) {
      outcome = executeOne(statement, values);
    }
    return outcome;
  }

  private Outcome executeOne(String sql, List<Object> values) {
    try (PreparedStatement statement =
        connection().prepareStatement(SqlTranslation.translate(sql))) {
      for (int at = 0; at < values.size(); at++) {
        set(statement, at + 1, values.get(at));
      }
      if (!statement.execute()) {
        changed = true;
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

  /**
   * Where {@link #undo} goes back to.
   *
   * @param changed whether there was something to commit by then
   */
  public record Mark(Savepoint savepoint, boolean changed) {}

  /** From here on there may be something to commit. */
  public Mark mark() {
    try {
      Mark mark = new Mark(connection().setSavepoint(), changed);
      changed = true;
      return mark;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public void undo(Mark to) {
    try {
      connection().rollback(to.savepoint());
      changed = to.changed();
      endReading();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public void commit() {
    end(true);
  }

  /** In HSQLDB a reader that does not end its transaction holds up every DDL. */
  void endReading() {
    if (!changed) {
      endTransaction(false);
    }
  }

  public void rollback() {
    end(false);
  }

  private void end(boolean commits) {
    endTransaction(commits);
    changed = false;
    // Whoever waits for a lock is to see what was committed.
    locks().releaseAll(this);
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
    locks().releaseAll(this);
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
