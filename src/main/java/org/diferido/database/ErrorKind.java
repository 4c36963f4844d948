package org.diferido.database;

/** What an error of a database means for a call. */
public enum ErrorKind {
  /** The connection broke under whatever was being done. */
  CONNECTION_LOST,
  /** No connection could be made; another time it may. */
  UNREACHABLE,
  /** No connection could be made, and none will until somebody changes something. */
  REFUSED,
  /** The statement was cancelled, by this service or by somebody else. */
  CANCELLED,
  /** The procedure raised it on purpose. */
  RAISED,
  /** What was given or done does not fit the data, the types, the privileges or the code. */
  DATA,
  /** Others were in the way; the same call may succeed later. */
  CONFLICT,
  /** The server is at fault, or it is not known what is. */
  SERVER
}
