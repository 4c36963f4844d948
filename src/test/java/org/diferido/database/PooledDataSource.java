package org.diferido.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Gives connections that are still good out again, as the container's pool does. */
public final class PooledDataSource {

  private final DataSource source;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  private PooledDataSource(DataSource source) {
    this.source = source;
  }

  public static DataSource over(DataSource source) {
    PooledDataSource pool = new PooledDataSource(source);
    return proxy(
        DataSource.class,
        source,
        (method, arguments) -> method.equals("getConnection") ? pool.borrow() : UNKNOWN);
  }

  private static final Object UNKNOWN = new Object();

  private interface Instead {
    Object of(String method, Object[] arguments) throws Exception;
  }

  private Connection borrow() throws Exception {
    Connection known = idle.poll();
    Connection real = known == null || known.isClosed() ? source.getConnection() : known;
    AtomicBoolean given = new AtomicBoolean(true);
    return proxy(
        Connection.class,
        real,
        (method, arguments) -> {
          if (method.equals("close")) {
            // Closed twice, it would be given to two who then share a transaction.
            if (given.getAndSet(false) && !real.isClosed()) {
              idle.push(real);
            }
            return null;
          }
          if (method.equals("isClosed")) {
            return !given.get() || real.isClosed();
          }
          if (!given.get()) {
            throw new SQLException(method + " of a connection that was given back", "08003");
          }
          return UNKNOWN;
        });
  }

  private static <T> T proxy(Class<T> type, T real, Instead instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object result = instead.of(method.getName(), arguments);
              if (result != UNKNOWN) {
                return result;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
