package org.diferido.execution;

/**
 * A cause as the log may have it when its words may have secrets in them: what kinds of exceptions
 * there were, and where.
 */
final class WordlessCause extends Exception {

  private static final long serialVersionUID = 1L;

  /** A chain of causes may be a circle. */
  private static final int LONGEST_CHAIN = 20;

  private WordlessCause(Throwable thrown, int room) {
    super(thrown.getClass().getName());
    setStackTrace(thrown.getStackTrace());
    Throwable cause = thrown.getCause();
    if (cause != null && room > 0) {
      initCause(new WordlessCause(cause, room - 1));
    }
  }

  static WordlessCause of(Throwable thrown) {
    return new WordlessCause(thrown, LONGEST_CHAIN);
  }
}
