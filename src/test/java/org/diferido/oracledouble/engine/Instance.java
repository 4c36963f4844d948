package org.diferido.oracledouble.engine;

import java.util.stream.Stream;
import org.diferido.oracledouble.backing.BackingDatabase;
import org.diferido.oracledouble.catalog.SessionInfo;
import org.diferido.oracledouble.dictionary.Dictionary;
import org.diferido.oracledouble.session.Engine.CommitFate;

/** What all sessions of one double share. */
public interface Instance {

  Dictionary dictionary();

  BackingDatabase tables();

  Stream<SessionInfo> sessions();

  /** Whether the user may read V$SESSION. */
  boolean mayMonitor();

  /** Whether the user may ALTER SYSTEM. */
  boolean mayAlterSystem();

  /**
   * Breaks off what a session runs.
   *
   * @return whether there is such a session
   */
  boolean stop(int sid, int serial);

  /** The same, with the end of the session. */
  boolean kill(int sid, int serial);

  CommitFate fateOfCommit(SessionInfo session);

  void journal(String entry);
}
