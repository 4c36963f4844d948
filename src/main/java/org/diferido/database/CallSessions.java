package org.diferido.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diferido.database.Dialect.Told;

/**
 * The sessions of calls, seen and ended from another session. What the user may not is said once in
 * the log, and tried again each time: a grant needs no restart.
 */
final class CallSessions {

  private static final Logger LOG = System.getLogger(CallSessions.class.getName());

  /** Oracle takes no more than 1000 in a list. */
  private static final int ASKED_AT_ONCE = 500;

  private final AtomicBoolean said = new AtomicBoolean();

  /** Asks the database something about sessions. */
  private interface Question<T> {
    T ask() throws SQLException;
  }

  /** Whether the database was told to stop or to end a call of this process. */
  boolean end(CallRun run, Connection another) throws SQLException {
    return unlessRefused(run.dialect(), Told.NOTHING, () -> run.end(another)) != Told.NOTHING;
  }

  /** Whether the database was told to end the session of a call of whatever process. */
  boolean end(Dialect dialect, Connection another, String id) throws SQLException {
    return unlessRefused(dialect, Told.NOTHING, () -> dialect.end(another, id, true))
        != Told.NOTHING;
  }

  /** See {@link Dialect#alive}; empty also when the user may not ask. */
  Optional<Set<String>> alive(Dialect dialect, Connection connection, Collection<String> ids)
      throws SQLException {
    List<String> all = new ArrayList<>(ids);
    Set<String> alive = new HashSet<>();
    for (int at = 0; at < all.size(); at += ASKED_AT_ONCE) {
      List<String> some = all.subList(at, Math.min(all.size(), at + ASKED_AT_ONCE));
      Optional<Set<String>> answer =
          unlessRefused(dialect, Optional.empty(), () -> dialect.alive(connection, some));
      if (answer.isEmpty()) {
        return answer;
      }
      alive.addAll(answer.get());
    }
    return Optional.of(alive);
  }

  private <T> T unlessRefused(Dialect dialect, T refused, Question<T> question)
      throws SQLException {
    try {
      return question.ask();
    } catch (SQLException e) {
      if (dialect.errors().kind(e) != ErrorKind.DATA) {
        throw e;
      }
      if (!said.getAndSet(true)) {
        LOG.log(
            Level.WARNING,
            "the sessions of calls cannot be seen or ended from another one: the user of the"
                + " procedures needs {0} ({1})",
            dialect.sessionGrants(),
            dialect.errors().text(e));
      }
      return refused;
    }
  }
}
