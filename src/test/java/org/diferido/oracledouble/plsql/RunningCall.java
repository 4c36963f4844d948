package org.diferido.oracledouble.plsql;

import java.sql.Connection;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.diferido.oracledouble.catalog.LongOperation;
import org.diferido.oracledouble.catalog.SessionInfo;
import org.diferido.oracledouble.dictionary.Argument;
import org.diferido.oracledouble.dictionary.Call;
import org.diferido.oracledouble.dictionary.Subprogram;
import org.diferido.oracledouble.value.Conversion;
import org.diferido.oracledouble.value.Direction;
import org.diferido.oracledouble.value.Rows;

/** A call with the values of its arguments. */
final class RunningCall implements Call {

  private final Subprogram subprogram;
  private final Map<Argument, Object> in;
  private final Map<Argument, Object> out = new HashMap<>();
  private final SessionInfo session;
  private final Supplier<Connection> connection;
  private final List<Rows> results = new ArrayList<>();
  private Object returned;

  /**
   * @param in a value for each argument that was given; null for OUT ones
   */
  RunningCall(
      Subprogram subprogram,
      Map<Argument, Object> in,
      SessionInfo session,
      Supplier<Connection> connection) {
    this.subprogram = subprogram;
    this.in = in;
    this.session = session;
    this.connection = connection;
  }

  @Override
  public Object in(String name) {
    return in.get(argument(name));
  }

  @Override
  public boolean has(String name) {
    return in.containsKey(argument(name));
  }

  private Argument argument(String name) {
    Optional<Argument> found =
        subprogram.arguments().stream().filter(each -> each.name().equals(name)).findFirst();
    return found.orElseThrow(
        () -> new IllegalArgumentException(subprogram.name() + " has no argument " + name));
  }

  @Override
  public void out(String name, Object value) {
    Argument argument = argument(name);
    if (argument.direction() == Direction.IN) {
      throw new IllegalArgumentException(name + " is an IN argument");
    }
    out.put(argument, Conversion.to(argument.type().wireType(), value));
  }

  @Override
  public void returns(Object value) {
    returned = Conversion.to(subprogram.returned().type().wireType(), value);
  }

  /** What an argument has when the call is over; an IN OUT one that was not set keeps its value. */
  Object result(Argument argument) {
    return out.containsKey(argument) ? out.get(argument) : in.get(argument);
  }

  Object returned() {
    return returned;
  }

  @Override
  public void returnResult(Rows rows) {
    results.add(rows);
  }

  List<Rows> results() {
    return results;
  }

  @Override
  public void putLine(String text) {
    session.putLine(text);
  }

  @Override
  public void forgetLines() {
    session.takeOutput();
  }

  @Override
  public void module(String text) {
    session.attribute("MODULE", text);
  }

  @Override
  public void action(String text) {
    session.attribute("ACTION", text);
  }

  @Override
  public void clientInfo(String text) {
    session.attribute("CLIENT_INFO", text);
  }

  @Override
  public String clientIdentifier() {
    return session.attribute("CLIENTID");
  }

  @Override
  public String currentSchema() {
    return session.schema();
  }

  @Override
  public void longops(String name, long sofar, long total, String units, String message) {
    session.operation(
        new LongOperation(name, sofar, total, units, message, LocalDateTime.now(ZoneOffset.UTC)));
  }

  @Override
  public Connection connection() {
    return connection.get();
  }
}
