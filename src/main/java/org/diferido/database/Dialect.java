package org.diferido.database;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CatalogueQuery;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.Progress;
import org.diferido.procedure.Signature;

/**
 * In what one database's stored procedures differ from another's. A dialect has no state of its own
 * and is used by many threads; the connection it is given is its caller's to commit and to close.
 */
public interface Dialect {

  /**
   * How long a question to the dictionary or about sessions may take, in seconds. Only calls may
   * take as long as they like; whoever asks meanwhile holds a connection that they need.
   */
  int PATIENCE = 30;

  /** The product whose dialect this is, as {@link java.sql.DatabaseMetaData} names it. */
  String product();

  ErrorTable errors();

  /** Whether the database is another process than its caller. */
  default boolean isOverNetwork() {
    return true;
  }

  /**
   * Looks a name up in the dictionary.
   *
   * @return one signature for each overload that the connection's user may call; empty for none
   */
  List<Signature> resolve(Connection connection, ProcedureName name) throws SQLException;

  /**
   * Lists what the connection's user may call, without what belongs to the database itself, in the
   * {@linkplain org.diferido.procedure.QualifiedName#ORDER order} of names.
   *
   * @param query with at least one pattern
   */
  List<ListedProcedure> list(Connection connection, CatalogueQuery query) throws SQLException;

  /**
   * The text to prepare: identifiers in the dictionary's spelling and quoted, values as {@code ?}.
   *
   * @param tag whose call it is, for databases that show a session's statement but nothing else
   */
  String callText(BoundCall call, CallTag tag);

  /** Sets what goes into a prepared {@link #callText} and registers what comes out of it. */
  void bind(CallableStatement statement, BoundCall call) throws SQLException;

  /**
   * Reads what an executed call gave back, in the order in which the database wants it read.
   *
   * @throws org.diferido.failure.FailureException RESULT_TOO_LARGE
   */
  void read(CallableStatement statement, BoundCall call, ResultValues into) throws SQLException;

  /** Tells the database, at no cost, whose call is next on a connection. */
  default void tag(Connection connection, BoundCall call, CallTag tag) throws SQLException {}

  /**
   * Has the call's transaction begin in the database, if that is a statement of its own: a cancel
   * that strikes it there must not reach the call.
   *
   * @param connection with autocommit off, and nothing done in its transaction yet
   */
  default void open(Connection connection) throws SQLException {}

  /**
   * Begins to watch the call that is next executed by a statement.
   *
   * @param connection of the statement, whose own answer may be a pool's inner one
   * @param tag whose call it is
   * @param progress is told what becomes known, from any thread
   */
  default CallWatch watch(
      Connection connection, CallableStatement statement, CallTag tag, Consumer<Progress> progress)
      throws SQLException {
    return new CallWatch() {};
  }

  /** Ends with the call that it watches. */
  interface CallWatch extends AutoCloseable {

    /** Looks once, on another thread than the call's, at what its statement has told so far. */
    default void look() {}

    /** The call has returned, and its transaction goes on; nothing of the watch may stay behind. */
    default void returned() throws SQLException {}

    /**
     * What the procedure wrote for people, after it has returned or failed: its session is asked.
     *
     * @return lines, the first and last of them where there are very many
     */
    default List<String> log() throws SQLException {
      return List.of();
    }

    @Override
    default void close() {}
  }

  /** Whether {@link #observe} has anything to say about calls of this database. */
  default boolean observes() {
    return false;
  }

  /**
   * Asks, in one statement and in another session than theirs, how far calls are.
   *
   * @param ids of their tags, at least one
   * @return what is known, by id
   * @throws SQLException also when the user may not ask; then {@link ErrorTable#kind} says DATA
   */
  default Map<String, Progress> observe(Connection connection, Collection<String> ids)
      throws SQLException {
    return Map.of();
  }

  /**
   * Asks the database to stop what a statement is doing, from another thread than the one that
   * executes it.
   */
  default void cancel(Statement statement, Thread executing) throws SQLException {
    statement.cancel();
  }

  /**
   * Asks again, in another session, to stop a call that goes on although it was asked: a driver may
   * have nothing to {@link #cancel} yet when that comes, and say nothing of it.
   *
   * @param id of its tag; it cannot end while this is under way
   */
  default void cancelAgain(Connection connection, String id) throws SQLException {}

  /** What the database was told about a call, from the least to the most. */
  enum Told {
    NOTHING,
    /** To stop the statement; its session lives on. */
    TO_STOP,
    /** To end the session. */
    TO_END
  }

  /**
   * Has the session of a call ended, from another session, where it is working on the call or holds
   * an open transaction.
   *
   * @param id of its tag
   * @param harder whether a gentler way was gone already, where there is one
   * @return what was told: nothing when there is no such session, or no way to end one
   * @throws SQLException also when the user may not; then {@link ErrorTable#kind} says DATA
   */
  default Told end(Connection connection, String id, boolean harder) throws SQLException {
    return Told.NOTHING;
  }

  /**
   * Which calls a session, of whatever process, is working on or holds an open transaction for.
   *
   * @param ids of their tags, at least one
   * @return those of the ids; empty when the database cannot tell
   * @throws SQLException also when the user may not ask; then {@link ErrorTable#kind} says DATA
   */
  default Optional<Set<String>> alive(Connection connection, Collection<String> ids)
      throws SQLException {
    return Optional.empty();
  }

  /** What the user of the calls needs for {@link #end} and {@link #alive}, for the log. */
  default String sessionGrants() {
    return "another database";
  }

  /**
   * Whether a call whose connection is lost is undone for certain, because a procedure cannot
   * commit by itself.
   */
  default boolean undoesLostCalls() {
    return false;
  }

  /**
   * Goes to the database and back.
   *
   * @throws SQLException when it cannot be reached
   */
  void ping(Connection connection) throws SQLException;
}
