package org.diferido.procedure;

import java.util.List;

/** Hears of a call while it runs. Unless said otherwise, on the thread of the call. */
public interface CallListener {

  /**
   * The transaction has begun and nothing has happened in it yet. May use it, and leaves nothing
   * behind in it.
   */
  default void begins(CallTransaction transaction) {}

  /** Something is known of the progress; from any thread. A listener that fails is not minded. */
  default void progressed(Progress progress) {}

  /**
   * What the procedure wrote for people, line by line: after it has returned or failed, if it wrote
   * anything.
   */
  default void logged(List<String> lines) {}

  /**
   * Where what is too large for the result goes; asked for when the procedure has returned. If
   * nobody wants it, it is dropped.
   */
  default ResultSink results() {
    return ResultSink.DROPPING;
  }

  /**
   * The call has returned and is committed next, together with what is done in the transaction
   * here. What is thrown here rolls it back, and is what the call ends with.
   */
  default void returned(ProcedureResult result, CallTransaction transaction) {}
}
