package org.diferido.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * Gives the same connections out again, as a pool does; remembers what was done with them, and
 * fails where it is told to.
 */
public final class ReusingDataSource {

  private final DataSource source;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final Map<String, Throwable> faults = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  public ReusingDataSource(DataSource source) {
    this.source = source;
  }

  /** The DataSource to use. */
  public DataSource get() {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (!method.getName().equals("getConnection")) {
            return method.invoke(source, arguments);
          }
          fault("getConnection");
          Connection connection = idle.poll();
          // As a pool that validates: a connection that has died is not given out again.
          boolean usable = connection != null && !connection.isClosed();
          return wrapped(usable ? connection : source.getConnection());
        };
    return proxy(DataSource.class, handler);
  }

  /** From now on a method of a connection or of a call fails, after it has done its work. */
  public void failAt(String method, Throwable fault) {
    faults.put(method, fault);
  }

  /** The methods that were called on connections, in order. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** The connections that nobody has, as they were given back. */
  public List<Connection> idle() {
    return new ArrayList<>(idle);
  }

  private Connection wrapped(Connection connection) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          String name = method.getName();
          calls.add(
              arguments == null || arguments[0] instanceof Executor
                  ? name
                  : name + " " + arguments[0]);
          if (name.equals("close")) {
            idle.push(connection);
            return null;
          }
          Object result = invoke(connection, method, arguments);
          fault(name);
          return result instanceof CallableStatement statement ? wrapped(statement) : result;
        });
  }

  private CallableStatement wrapped(CallableStatement statement) {
    return proxy(
        CallableStatement.class,
        (proxy, method, arguments) -> {
          Object result = invoke(statement, method, arguments);
          fault(method.getName());
          return result;
        });
  }

  private void fault(String method) throws Throwable {
    Throwable fault = faults.get(method);
    if (fault != null) {
      throw fault;
    }
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** An SQLException of a lost connection. */
  public static SQLException lost() {
    return new SQLException("connection reset", "08006");
  }
}
