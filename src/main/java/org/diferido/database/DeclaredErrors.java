package org.diferido.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections that throw what JDBC declares. A pool of Payara has each connection behind a
 * reflective proxy, unless it is told not to wrap any, and what the driver throws leaves that proxy
 * as an UndeclaredThrowableException (com.sun.gjc.spi.JdbcObjectsFactory, seen in 6.2025.10): who
 * waits for an SQLException does not see that the connection is lost.
 */
final class DeclaredErrors {

  private DeclaredErrors() {}

  /** The same data source, whose connections are of this kind. */
  static DataSource of(DataSource source) {
    return behind(DataSource.class, source);
  }

  private static <T> T behind(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            DeclaredErrors.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                method.getName().equals("equals")
                    ? proxy == arguments[0]
                    : invoke(real, method, arguments)));
  }

  private static @Nullable Object invoke(
      Object real, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw thrown(e);
    }
    // What unwrap gives is the driver's own, and declared as something else.
    return method.getReturnType() == Connection.class && result != null
        ? behind(Connection.class, (Connection) result)
        : result;
  }

  private static Throwable thrown(Throwable wrapped) {
    Throwable cause = wrapped.getCause();
    boolean wraps =
        wrapped instanceof InvocationTargetException
            || wrapped instanceof UndeclaredThrowableException;
    return wraps && cause != null ? thrown(cause) : wrapped;
  }
}
