package org.diferido.database.postgresql;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.diferido.database.CallLog;
import org.diferido.database.Dialect.CallWatch;
import org.diferido.procedure.Progress;
import org.diferido.procedure.ReportedProgress;
import org.jspecify.annotations.Nullable;

/**
 * One call's notices, which the driver shows while it still runs, and the name by which its session
 * goes, which a procedure may change to tell how far it is.
 */
final class PostgresWatch implements CallWatch {

  private static final String NAME = "ApplicationName";

  private final Connection connection;
  private final CallableStatement statement;
  private final Consumer<Progress> progress;

  /** Told by the server whenever it changes, so asking for it costs nothing. */
  private final @Nullable String name;

  private @Nullable SQLWarning seen;

  PostgresWatch(Connection connection, CallableStatement statement, Consumer<Progress> progress)
      throws SQLException {
    this.connection = connection;
    this.statement = statement;
    this.progress = progress;
    this.name = connection.getClientInfo(NAME);
  }

  /** The last notice with numbers is how far it is; those before it are no news any more. */
  @Override
  public void look() {
    @Nullable Progress last = null;
    try {
      SQLWarning next = seen == null ? statement.getWarnings() : seen.getNextWarning();
      while (next != null) {
        seen = next;
        last = ReportedProgress.parse(orEmpty(next.getMessage())).orElse(last);
        next = next.getNextWarning();
      }
    } catch (SQLException e) {
      return; // the call is just ending
    }
    if (last != null) {
      progress.accept(last);
    }
  }

  /** A pooled session must not show the next call's watcher what this one said. */
  @Override
  public void returned() throws SQLException {
    if (name != null && !Objects.equals(name, connection.getClientInfo(NAME))) {
      connection.setClientInfo(NAME, name);
    }
  }

  @Override
  public List<String> log() throws SQLException {
    CallLog log = new CallLog();
    for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
      log.add(orEmpty(each.getMessage()));
    }
    return log.lines();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
