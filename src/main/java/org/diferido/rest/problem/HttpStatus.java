package org.diferido.rest.problem;

import jakarta.ws.rs.core.MediaType;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;

/** The HTTP status of each failure. A new code does not compile until it has one. */
final class HttpStatus {

  private HttpStatus() {}

  static int of(FailureCode code) {
    return switch (code) {
      case MALFORMED_HTTP, MALFORMED_JSON, INVALID_REQUEST -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN, NOT_FROM_HERE, PROCEDURE_NOT_GRANTED -> 403;
      case PATH_NOT_FOUND, PROCEDURE_NOT_FOUND, JOB_NOT_FOUND, RESULT_NOT_FOUND -> 404;
      case METHOD_NOT_ALLOWED -> 405;
      case NOT_ACCEPTABLE -> 406;
      case JOB_ENDED,
          JOB_NOT_ENDED,
          JOB_RETRIED,
          RESULT_NOT_READY,
          SECRETS_FORGOTTEN,
          SIGNATURE_CHANGED,
          EXPIRED,
          CANCELLED,
          CANCELLED_UNSTARTED,
          SESSION_ENDED,
          TIMED_OUT,
          DATABASE_CONFLICT ->
          409;
      case BODY_TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case RANGE_NOT_SATISFIABLE -> 416;
      case INVALID_ARGUMENTS, KEY_REUSED, PROCEDURE_RAISED, DATA_ERROR -> 422;
      case TOO_MANY_QUEUED, TOO_MANY_SUBMITS, TOO_MANY_WAITING -> 429;
      case INTERNAL_ERROR,
          DATABASE_ERROR,
          RESULT_TOO_LARGE,
          RESULT_NOT_KEPT,
          RESULT_NOT_STORED,
          ROLLED_BACK,
          CLAIM_LOST,
          OUTCOME_UNKNOWN,
          NODE_GONE,
          SESSION_STOPPED,
          SESSION_ALIVE ->
          500;
      case QUEUE_FULL,
          BUSY,
          DATABASE_UNAVAILABLE,
          DATABASE_REFUSED,
          REGISTRY_UNAVAILABLE,
          SHUTTING_DOWN,
          NODE_STOPPED,
          NOT_CONFIGURED,
          SECRETS_NOT_KEPT ->
          503;
    };
  }

  /** The failure that a status of the server's own tells about a request. */
  static Failure failureOf(int status, String method) {
    FailureCode code = codeOf(status);
    return switch (code) {
      case METHOD_NOT_ALLOWED -> Failure.of(code, method);
      case NOT_ACCEPTABLE -> Failure.of(code, MediaType.APPLICATION_JSON);
      default -> Failure.of(code);
    };
  }

  /** The code that a status of the server's own stands for. */
  static FailureCode codeOf(int status) {
    return switch (status) {
      case 401 -> FailureCode.UNAUTHENTICATED;
      case 403 -> FailureCode.FORBIDDEN;
      case 404 -> FailureCode.PATH_NOT_FOUND;
      case 405 -> FailureCode.METHOD_NOT_ALLOWED;
      case 406 -> FailureCode.NOT_ACCEPTABLE;
      case 415 -> FailureCode.UNSUPPORTED_MEDIA_TYPE;
      case 416 -> FailureCode.RANGE_NOT_SATISFIABLE;
      default -> status < 500 ? FailureCode.MALFORMED_HTTP : FailureCode.INTERNAL_ERROR;
    };
  }
}
