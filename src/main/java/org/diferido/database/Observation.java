package org.diferido.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.diferido.procedure.Progress;

/**
 * Asks how far the running calls are, in one query for all, and those to stop again that were asked
 * in vain. Where the user may not ask, it says so once and does not ask again until the next start.
 */
final class Observation {

  private static final Logger LOG = System.getLogger(Observation.class.getName());

  private boolean refused;
  private boolean troubled;

  /** Opens another session than those of the calls. */
  interface Connecting {
    AskedConnection connect() throws SQLException;
  }

  synchronized void observe(Collection<CallRunById> runs, Connecting connecting) {
    runs.forEach(each -> each.run().look());
    Map<String, CallRun> observed = new HashMap<>();
    for (CallRunById each : runs) {
      if (each.run().dialect().observes()) {
        observed.put(each.id(), each.run());
      }
    }
    if (observed.isEmpty() || refused) {
      return;
    }
    Dialect dialect = observed.values().iterator().next().dialect();
    try (AskedConnection asked = connecting.connect()) {
      Connection connection = asked.connection();
      for (CallRun each : observed.values()) {
        each.cancelAgain(connection);
      }
      Map<String, Progress> seen = dialect.observe(connection, observed.keySet());
      for (CallRunById each : runs) {
        Progress progress = seen.get(each.id());
        if (progress != null) {
          each.run().told(progress);
        }
      }
      troubled = false;
    } catch (SQLException e) {
      explain(dialect, e);
    }
  }

  /** A running call and the id of its tag. */
  record CallRunById(String id, CallRun run) {}

  private void explain(Dialect dialect, SQLException e) {
    if (dialect.errors().kind(e) == ErrorKind.DATA) {
      refused = true;
      LOG.log(
          Level.WARNING,
          "no live progress until the next start: the user of the procedures may not see the"
              + " sessions of the database ({0})",
          dialect.errors().text(e));
    } else if (!troubled) {
      troubled = true;
      LOG.log(Level.WARNING, "no live progress for now: {0}", dialect.errors().text(e));
    }
  }
}
