package org.diferido.faults;

/**
 * Something that the service has said and that is not so.
 *
 * @param key of the piece of work; empty when it is about none
 * @param evidence what was said, and what is
 */
record Finding(Kind kind, String key, String evidence) {

  /** In what way it is not so. */
  enum Kind {
    /** A job that was answered with 202 and is not there, or work that no job came of. */
    MISSING,
    /** More rows than one. */
    DOUBLED,
    /** A job that does not end. */
    STUCK,
    /** A job that says succeeded, and its work is not there. */
    FALSE_SUCCESS,
    /** A job that says anything else, and its work is there. */
    FALSE_FAILURE,
    /** A job that says it was cancelled, and nobody had asked. */
    UNASKED_CANCEL,
    /** One Idempotency-Key, several jobs. */
    TWO_JOBS,
    /** Two nodes that say different things of one job that has ended. */
    DISAGREEING,
    /** An end that was told, and another one later. */
    CHANGED_END,
    /** A result that is not what the procedure gave back. */
    WRONG_RESULT,
    /** A job or a row that nobody has asked for. */
    UNASKED,
    /** An answer that no client should get, whatever happens. */
    WRONG_ANSWER,
    /** A node that was told to stop, and did not. */
    NOT_STOPPED
  }

  @Override
  public String toString() {
    return kind + " " + key + ": " + evidence;
  }
}
