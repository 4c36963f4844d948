package org.diferido.oracledouble.session;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.value.UnknownException;
import org.diferido.oracledouble.wire.NetConnection;
import org.diferido.oracledouble.wire.Reply;

/** Lets the client break off what runs for it. */
final class Breaks implements NetConnection.Listener {

  /**
   * ojdbc's cancelling thread and its executing one share the buffer of a marker: an answer within
   * 2 ms sometimes finds the one still in it, and the other's reset is never sent.
   */
  private static final Duration BEFORE_THE_ANSWER = Duration.ofMillis(25);

  private static final Duration FOR_THE_RESET = Duration.ofSeconds(1);

  private final Thread worker;
  private boolean executing;
  private boolean pending;
  private boolean stopped;
  private boolean gone;

  Breaks(Thread worker) {
    this.worker = worker;
  }

  @Override
  public synchronized void marker() {
    // While nothing runs, it is one that the answer has crossed.
    if (executing && !pending) {
      pending = true;
      worker.interrupt();
    }
  }

  @Override
  public synchronized void gone() {
    gone = true;
    worker.interrupt();
  }

  /** Breaks it off from the server's side: the client is only told the error. */
  synchronized void stop() {
    if (executing && !pending) {
      stopped = true;
      worker.interrupt();
    }
  }

  private synchronized void begin() throws EOFException {
    if (gone) {
      throw new EOFException("the client is gone");
    }
    executing = true;
    pending = false;
    stopped = false;
  }

  /** Whether it was broken off. */
  private synchronized boolean end() throws EOFException {
    executing = false;
    Thread.interrupted();
    if (gone) {
      throw new EOFException("the client is gone");
    }
    return pending;
  }

  /** Something that the client may break off. */
  interface Work {
    void into(Reply reply) throws IOException, InterruptedException;
  }

  /**
   * Does the work and sends what it wrote, or else the error that came of it.
   *
   * @return the error, null when there was none
   */
  OraException guard(ServerSession session, Reply reply, Work work) throws IOException {
    OraException error = null;
    begin();
    try {
      work.into(reply);
    } catch (OraException e) {
      error = e;
    } catch (InterruptedException | InterruptedIOException e) {
      error = new OraException(OraException.CANCELLED, "interrupted");
    } catch (RuntimeException e) {
      error = new UnknownException("what to do after " + e);
      error.addSuppressed(e);
    }
    boolean pendingBreak = end();
    if (pendingBreak) {
      exchange(session.net());
    }
    return pendingBreak || stopped
        ? new OraException(OraException.CANCELLED, "user requested cancel of current operation.")
        : error;
  }

  private static void exchange(NetConnection net) throws IOException {
    try {
      Thread.sleep(BEFORE_THE_ANSWER.toMillis());
    } catch (InterruptedException e) {
      throw (IOException) new InterruptedIOException("the session was stopped").initCause(e);
    }
    net.exchangeBreak(FOR_THE_RESET);
  }
}
