package org.diferido.procedure;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The way to the database in which the procedures live. */
public interface ProcedureGateway {

  /**
   * Looks a name up in the dictionary. The answer may be as old as the gateway's memory is long.
   *
   * @return the signatures of all overloads; empty when there is no such procedure or function
   * @throws org.diferido.failure.FailureException DATABASE_UNAVAILABLE, DATABASE_REFUSED,
   *     NOT_CONFIGURED
   */
  List<Signature> resolve(ProcedureName name);

  /**
   * Lists what the dictionary has for the gateway's user, without what belongs to the database
   * itself, in the {@linkplain QualifiedName#ORDER order} of names. What is reached by a synonym is
   * where it is.
   *
   * @return fewer than were asked for only when there are no more
   * @throws org.diferido.failure.FailureException DATABASE_UNAVAILABLE, DATABASE_REFUSED,
   *     NOT_CONFIGURED
   */
  List<ListedProcedure> list(CatalogueQuery query);

  /**
   * Runs a call to its end, on the calling thread, outside any container transaction, and commits
   * it. However it fails, what it did and had not committed itself is rolled back.
   *
   * @throws org.diferido.failure.FailureException PROCEDURE_RAISED, DATA_ERROR, DATABASE_CONFLICT,
   *     DATABASE_ERROR, RESULT_TOO_LARGE; CANCELLED after {@link #cancel} and SESSION_ENDED after
   *     {@link #terminate}; DATABASE_UNAVAILABLE or DATABASE_REFUSED when the call was never begun;
   *     ROLLED_BACK when the connection was lost and that undoes the call; OUTCOME_UNKNOWN when it
   *     was lost and nobody knows
   */
  ProcedureResult call(BoundCall call, CallTag tag, CallListener listener);

  /**
   * Asks the database to stop a call, until all that it gave back is read. One that has only just
   * begun may not hear it: {@link #observe} asks again. How the call ends is told by {@link #call}:
   * it may have been faster.
   *
   * @param id its {@link CallTag#id()}
   * @return whether such a call was in the database
   */
  boolean cancel(String id);

  /**
   * Has the database end the session of a call of this gateway that goes on although it was asked
   * to stop; where there is a gentler way, by that one at the first time. How the call ends is told
   * by {@link #call}.
   *
   * @param id its {@link CallTag#id()}
   * @return whether the database was told to: not when it knows no such call, or has no way or no
   *     grant for it
   * @throws org.diferido.failure.FailureException DATABASE_UNAVAILABLE, DATABASE_REFUSED,
   *     NOT_CONFIGURED
   */
  boolean terminate(String id);

  /**
   * Which calls, of whatever process, a session in the database is still working on or holds an
   * open transaction for.
   *
   * @param ids of their tags
   * @return those of the ids; empty when the database cannot be asked that
   * @throws org.diferido.failure.FailureException DATABASE_UNAVAILABLE, DATABASE_REFUSED,
   *     NOT_CONFIGURED
   */
  Optional<Set<String>> alive(Collection<String> ids);

  /**
   * Has the database end the session of a call whose process is dead or mute, so that what it has
   * not committed is rolled back. It takes a moment: see {@link #alive}.
   *
   * @param id its {@link CallTag#id()}
   * @return whether a session was told to end
   * @throws org.diferido.failure.FailureException DATABASE_UNAVAILABLE, DATABASE_REFUSED,
   *     NOT_CONFIGURED
   */
  boolean stopAbandoned(String id);

  /**
   * Looks once at how far the calls in the database are, where that has to be asked for, and tells
   * their listeners. Asks those again to stop that were to be cancelled and go on. Costs one query
   * for all of them, and none when there are none.
   */
  void observe();

  /**
   * Reaches the database and comes back.
   *
   * @throws org.diferido.failure.FailureException DATABASE_UNAVAILABLE, DATABASE_REFUSED,
   *     NOT_CONFIGURED
   */
  void ping();
}
