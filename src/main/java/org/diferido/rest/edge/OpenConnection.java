package org.diferido.rest.edge;

/**
 * The connection of the request that a thread is answering. An answer of no told length that fails
 * in its middle looks whole if its connection stays: the servers end it as if nothing had happened
 * (seen in Payara 6.2025.10 and WildFly 39.0.1).
 */
public final class OpenConnection {

  private static final ThreadLocal<Runnable> CLOSE =
      ThreadLocal.withInitial(() -> OpenConnection::leaveItToTheServer);

  private OpenConnection() {}

  private static void leaveItToTheServer() {}

  /** What a server's own code does while it has a request answered. */
  public interface Step<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Has a request answered.
   *
   * @param close closes its connection
   */
  public static <T, E extends Exception> T during(Runnable close, Step<T, E> step) throws E {
    CLOSE.set(close);
    try {
      return step.run();
    } finally {
      CLOSE.remove();
    }
  }

  /** Breaks the answer off; where a server's internals are others, this does nothing. */
  public static void close() {
    CLOSE.get().run();
  }
}
