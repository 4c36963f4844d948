package org.diferido.failure;

/** Whose move it is after a failure. Part of the wire contract ({@code error_detail.category}). */
public enum FailureCategory {
  /** The caller has to change the request. */
  REQUEST,
  /** The caller is not known or not allowed. */
  SECURITY,
  /** The service is busy; the same request may pass later. */
  LIMIT,
  /** The procedure itself raised an error on purpose. */
  PROCEDURE,
  /** The database refused or broke the call. */
  DATABASE,
  /** Nobody can know whether the call did its work. */
  OUTCOME,
  /** The service, or what it depends on, is not in order. */
  SERVICE
}
