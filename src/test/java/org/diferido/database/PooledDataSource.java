package org.diferido.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
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
    return proxy(
        Connection.class,
        real,
        (method, arguments) -> {
          if (!method.equals("close")) {
            return UNKNOWN;
          }
          if (!real.isClosed()) {
            idle.push(real);
          }
          return null;
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
