package org.diferido.procedure;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a procedure whose body runs in this JVM, on the thread of its caller, tells its progress: the
 * gateway opens the channel around the call, the body reports into it.
 */
public final class ProgressChannel implements AutoCloseable {

  private static final ThreadLocal<@Nullable Consumer<Progress>> LISTENER = new ThreadLocal<>();

  private ProgressChannel() {}

  /** Directs the reports of this thread to a listener, until it is closed. */
  public static ProgressChannel open(Consumer<Progress> listener) {
    LISTENER.set(listener);
    return new ProgressChannel();
  }

  /** Tells the progress of the procedure running on this thread; does nothing if nobody listens. */
  public static void report(Progress progress) {
    Consumer<Progress> listener = LISTENER.get();
    if (listener != null) {
      listener.accept(progress);
    }
  }

  @Override
  public void close() {
    LISTENER.remove();
  }
}
