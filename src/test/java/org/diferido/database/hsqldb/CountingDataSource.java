package org.diferido.database.hsqldb;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts the statements that go through a real DataSource. */
final class CountingDataSource {

  private final AtomicInteger statements = new AtomicInteger();

  /** The same DataSource, counted. */
  DataSource around(DataSource source) {
    return counted(DataSource.class, source);
  }

  int statementsOf(Runnable work) {
    statements.set(0);
    work.run();
    return statements.get();
  }

  private <T> T counted(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                statements.incrementAndGet();
              }
              try {
                Object result = method.invoke(real, arguments);
                return result instanceof Connection connection && real instanceof DataSource
                    ? counted(Connection.class, connection)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
