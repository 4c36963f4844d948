package org.diferido.database.postgresql;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.diferido.database.CallLog;
import org.diferido.database.Dialect.CallWatch;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.Progress;
import org.diferido.procedure.ReportedProgress;
import org.jspecify.annotations.Nullable;

/**
 * One call's notices, which the driver shows while it still runs, and the name by which its session
 * goes, which a procedure may change to tell how far it is.
 */
final class PostgresWatch implements CallWatch {

  private static final Logger LOG = System.getLogger(PostgresWatch.class.getName());
  private static final String NAME = "ApplicationName";
  private static final String RESET = "SELECT set_config('application_name', ?, false)";

  private final Connection connection;
  private final Statement statement;
  private final CallTag tag;
  private final Consumer<Progress> progress;

  /** Told by the server whenever it changes, so asking for it costs nothing. */
  private final @Nullable String name;

  private @Nullable SQLWarning seen;

  PostgresWatch(
      Connection connection, CallableStatement statement, CallTag tag, Consumer<Progress> progress)
      throws SQLException {
    this.connection = connection;
    this.statement = own(connection, statement);
    this.tag = tag;
    this.progress = progress;
    this.name = connection.getClientInfo(NAME);
  }

  /**
   * The driver's own statement: that of a pool may let nobody near it while it is executed, such as
   * WildFly's, which waits for it to end. Looked up here, before that.
   *
   * @param connection whose metadata are the driver's own, as pools pass them on
   */
  private static Statement own(Connection connection, Statement statement) {
    try {
      ClassLoader driver = connection.getMetaData().getClass().getClassLoader();
      Class<?> kind = Class.forName("org.postgresql.PGStatement", false, driver);
      return statement.unwrap(kind) instanceof Statement own ? own : statement;
    } catch (SQLException | ReflectiveOperationException | LinkageError e) {
      LOG.log(Level.DEBUG, "the pool keeps the driver's own statement to itself", e);
      return statement;
    }
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

  /**
   * A pooled session must not show the next call's watcher what this one said. It has to be found
   * as this call's all the same, as long as its transaction is open.
   */
  @Override
  public void returned() throws SQLException {
    if (name != null && !Objects.equals(name, connection.getClientInfo(NAME))) {
      try (PreparedStatement reset =
          connection.prepareStatement(PostgresCall.comment(tag.id()) + RESET)) {
        reset.setString(1, name);
        reset.execute();
      }
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
