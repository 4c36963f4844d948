package org.diferido.failure;

/**
 * Every failure this service knows, by its stable code. The codes are part of the wire contract and
 * documented in {@code docs/errors.md}; their texts are in {@code texts.properties} under {@code
 * title.CODE} and {@code failure.CODE}.
 */
public enum FailureCode {
  MALFORMED_HTTP(FailureCategory.REQUEST, false),
  MALFORMED_JSON(FailureCategory.REQUEST, false),
  INVALID_REQUEST(FailureCategory.REQUEST, false),
  INVALID_ARGUMENTS(FailureCategory.REQUEST, false),
  BODY_TOO_LARGE(FailureCategory.REQUEST, false),
  UNSUPPORTED_MEDIA_TYPE(FailureCategory.REQUEST, false),
  NOT_ACCEPTABLE(FailureCategory.REQUEST, false),
  METHOD_NOT_ALLOWED(FailureCategory.REQUEST, false),
  PATH_NOT_FOUND(FailureCategory.REQUEST, false),
  PROCEDURE_NOT_FOUND(FailureCategory.REQUEST, false),
  JOB_NOT_FOUND(FailureCategory.REQUEST, false),
  /** The job has ended: there is nothing to cancel. */
  JOB_ENDED(FailureCategory.REQUEST, false),
  /** The job has not ended: there is nothing to retry. */
  JOB_NOT_ENDED(FailureCategory.REQUEST, true),
  /** The job has been made again already, or was made by this very request. */
  JOB_RETRIED(FailureCategory.REQUEST, false),
  /** The job has not ended: what it gives back is not there yet. */
  RESULT_NOT_READY(FailureCategory.REQUEST, true),
  /** The job gave nothing back under that name, or it was removed meanwhile. */
  RESULT_NOT_FOUND(FailureCategory.REQUEST, false),
  /** A range begins behind the end of the file. */
  RANGE_NOT_SATISFIABLE(FailureCategory.REQUEST, false),
  /** The same Idempotency-Key came with another request. */
  KEY_REUSED(FailureCategory.REQUEST, false),
  /** A job with secret values cannot be made again, since they are not kept. */
  SECRETS_FORGOTTEN(FailureCategory.REQUEST, false),

  UNAUTHENTICATED(FailureCategory.SECURITY, false),
  FORBIDDEN(FailureCategory.SECURITY, false),
  /** Demo mode was asked from another machine, or by another name. */
  NOT_FROM_HERE(FailureCategory.SECURITY, false),
  PROCEDURE_NOT_GRANTED(FailureCategory.SECURITY, false),

  /** Several large bodies are being read at once. */
  BUSY(FailureCategory.LIMIT, true),
  QUEUE_FULL(FailureCategory.LIMIT, true),
  /** As many jobs of the caller's wait as may. */
  TOO_MANY_QUEUED(FailureCategory.LIMIT, true),
  /** The caller submits faster than it may. */
  TOO_MANY_SUBMITS(FailureCategory.LIMIT, true),
  /** As many requests of the caller's wait for jobs as may. */
  TOO_MANY_WAITING(FailureCategory.LIMIT, true),

  /** The procedure raised an error of its own, such as ORA-20000 to ORA-20999. */
  PROCEDURE_RAISED(FailureCategory.PROCEDURE, false),

  /** The call was cancelled and rolled back. */
  CANCELLED(FailureCategory.REQUEST, false),
  /** The call did not react to its cancel: its session was ended; told as {@link #CANCELLED}. */
  SESSION_ENDED(FailureCategory.REQUEST, false),
  /** The job was cancelled before its call was begun; told as {@link #CANCELLED}. */
  CANCELLED_UNSTARTED(FailureCategory.REQUEST, false),
  /** The call took longer than it may; it was cancelled and rolled back. */
  TIMED_OUT(FailureCategory.LIMIT, false),
  /** The node stopped, and the call was cancelled and rolled back for it. */
  NODE_STOPPED(FailureCategory.SERVICE, true),
  /** What the procedure does or was given does not fit the data, the types or the privileges. */
  DATA_ERROR(FailureCategory.PROCEDURE, false),

  /** The database answered the call with an error of its own. */
  DATABASE_ERROR(FailureCategory.DATABASE, false),
  /** Others were in the way: a deadlock, a lock, a recompiled package. */
  DATABASE_CONFLICT(FailureCategory.DATABASE, true),
  /** The database cannot be reached, and nothing was begun. */
  DATABASE_UNAVAILABLE(FailureCategory.DATABASE, true),
  /** The database does not let the service in, and nothing was begun. */
  DATABASE_REFUSED(FailureCategory.DATABASE, false),
  /** The connection was lost before the call was committed, and so it was undone. */
  ROLLED_BACK(FailureCategory.DATABASE, true),
  /** The result is over the size limit; the call was rolled back. */
  RESULT_TOO_LARGE(FailureCategory.DATABASE, false),

  /** The rows or large values of the call could not be stored; it was rolled back. */
  RESULT_NOT_STORED(FailureCategory.SERVICE, true),
  /** The call was committed, but its result could not be kept. */
  RESULT_NOT_KEPT(FailureCategory.SERVICE, false),

  /** The connection to the database was lost under the call, or its commit was not answered. */
  OUTCOME_UNKNOWN(FailureCategory.OUTCOME, false),
  /** The node that ran the call is gone; told as {@link #OUTCOME_UNKNOWN}. */
  NODE_GONE(FailureCategory.OUTCOME, false),
  /** As {@link #NODE_GONE}, and its session in the database was found at work and ended. */
  SESSION_STOPPED(FailureCategory.OUTCOME, false),
  /** As {@link #NODE_GONE}, and its session in the database is still at work. */
  SESSION_ALIVE(FailureCategory.OUTCOME, false),

  /** The job was taken from the node that ran its call; the call was rolled back. */
  CLAIM_LOST(FailureCategory.SERVICE, false),

  /** The job was still queued at its {@code start_before}; it never started. */
  EXPIRED(FailureCategory.LIMIT, false),
  /** What was queued cannot be run any more: the procedure changed or is gone. */
  SIGNATURE_CHANGED(FailureCategory.REQUEST, false),
  /** The secret values of a queued call did not survive a restart; it never started. */
  SECRETS_NOT_KEPT(FailureCategory.SERVICE, true),
  REGISTRY_UNAVAILABLE(FailureCategory.SERVICE, true),
  SHUTTING_DOWN(FailureCategory.SERVICE, true),
  NOT_CONFIGURED(FailureCategory.SERVICE, false),
  INTERNAL_ERROR(FailureCategory.SERVICE, false);

  private final FailureCategory category;
  private final boolean retryable;

  FailureCode(FailureCategory category, boolean retryable) {
    this.category = category;
    this.retryable = retryable;
  }

  public FailureCategory category() {
    return category;
  }

  /** The code that clients are told. */
  public String reported() {
    return switch (this) {
      case NODE_GONE, SESSION_STOPPED, SESSION_ALIVE -> OUTCOME_UNKNOWN.name();
      case CANCELLED_UNSTARTED, SESSION_ENDED -> CANCELLED.name();
      default -> name();
    };
  }

  /** Whether the same request or call may succeed later without being changed. */
  public boolean retryable() {
    return retryable;
  }
}
