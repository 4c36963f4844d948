package org.diferido.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTransaction;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Progress;
import org.diferido.procedure.ResultSink;

/** A listener for whom no call fails that could only not be told of its progress or its log. */
final class GuardedListener implements CallListener {

  private static final Logger LOG = System.getLogger(GuardedListener.class.getName());

  private final CallListener listener;
  private final AtomicBoolean deaf = new AtomicBoolean();

  GuardedListener(CallListener listener) {
    this.listener = listener;
  }

  @Override
  public void begins(CallTransaction transaction) {
    listener.begins(transaction);
  }

  @Override
  public void progressed(Progress progress) {
    guarded(() -> listener.progressed(progress));
  }

  @Override
  public void logged(List<String> lines) {
    guarded(() -> listener.logged(lines));
  }

  @Override
  public ResultSink results() {
    return listener.results();
  }

  @Override
  public void returned(ProcedureResult result, CallTransaction transaction) {
    listener.returned(result, transaction);
  }

  /** Logged once: a progress comes many times. */
  private void guarded(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      if (!deaf.getAndSet(true)) {
        LOG.log(Level.WARNING, "the news of a call could not be passed on", e);
      }
    }
  }
}
