package org.diferido.oracledouble.plsql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.diferido.oracledouble.catalog.SessionInfo;
import org.diferido.oracledouble.dictionary.Argument;
import org.diferido.oracledouble.dictionary.Dictionary;
import org.diferido.oracledouble.dictionary.Dictionary.Resolved;
import org.diferido.oracledouble.dictionary.Subprogram;
import org.diferido.oracledouble.plsql.Block.Actual;
import org.diferido.oracledouble.plsql.Block.Invocation;
import org.diferido.oracledouble.plsql.Overloads.Match;
import org.diferido.oracledouble.session.Engine.Outcome;
import org.diferido.oracledouble.session.Engine.Statement;
import org.diferido.oracledouble.value.Conversion;
import org.diferido.oracledouble.value.Direction;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.value.Rows;
import org.diferido.oracledouble.value.UnknownException;

/** Runs anonymous blocks, statement by statement. */
public final class BlockRunner {

  private static final String GET_LINES = "DBMS_OUTPUT.GET_LINES";

  private final Dictionary dictionary;
  private final SessionInfo session;
  private final Supplier<Connection> connection;
  private final Consumer<String> journal;

  public BlockRunner(
      Dictionary dictionary,
      SessionInfo session,
      Supplier<Connection> connection,
      Consumer<String> journal) {
    this.dictionary = dictionary;
    this.session = session;
    this.connection = connection;
    this.journal = journal;
  }

  /** The binds of a block while it runs. */
  private static final class Binds {
    private final Statement statement;
    private final Block block;
    private final List<Direction> directions;
    private final List<Object> values;
    private final List<Rows> returned = new ArrayList<>();

    Binds(Statement statement, Block block) {
      this.statement = statement;
      this.block = block;
      int count = block.binds().size();
      if (statement.values().size() != count) {
        throw new OraException(1008, "not all variables bound");
      }
      directions = new ArrayList<>(Collections.nCopies(count, Direction.IN));
      values = new ArrayList<>(statement.values());
    }

    int type(String bind) {
      return statement.types().get(block.binds().indexOf(bind));
    }

    Object value(String bind) {
      return values.get(block.binds().indexOf(bind));
    }

    void direction(String bind, Direction direction) {
      directions.set(block.binds().indexOf(bind), direction);
    }

    void set(String bind, Object value) {
      values.set(block.binds().indexOf(bind), value);
    }

    Outcome outcome() {
      return Outcome.block(directions, values, returned);
    }
  }

  public Outcome run(Statement statement) throws InterruptedException {
    if (statement.sql().toUpperCase(Locale.ROOT).contains(GET_LINES)) {
      return getLines(statement);
    }
    Block block = BlockParser.parse(statement.sql());
    Binds binds = new Binds(statement, block);
    for (Invocation invocation : block.invocations()) {
      run(invocation, binds);
    }
    return binds.outcome();
  }

  private Outcome getLines(Statement statement) {
    if (statement.values().size() != 1) {
      throw new UnknownException("GET_LINES with " + statement.values().size() + " binds");
    }
    return Outcome.block(List.of(Direction.OUT), Collections.singletonList(session.takeOutput()));
  }

  private void run(Invocation invocation, Binds binds) throws InterruptedException {
    if (invocation.name().equals(List.of("NULL"))) {
      return;
    }
    Constructors constructors = new Constructors(dictionary, session.schema(), binds::value);
    Match match =
        new Overloads(invocation, binds::type, constructors).choose(overloads(invocation));
    Map<Argument, Object> in = new LinkedHashMap<>();
    match
        .given()
        .forEach(
            (argument, actual) ->
                in.put(
                    argument,
                    actual.construction() == null
                        ? value(argument, actual, binds)
                        : constructors.construct(actual.construction())));
    RunningCall call = new RunningCall(match.subprogram(), in, session, connection);
    journal.accept("call " + invocation.spelledName() + described(in));
    run(match.subprogram(), call);
    binds.returned.addAll(call.results());
    match
        .given()
        .forEach(
            (argument, actual) -> {
              if (argument.direction() != Direction.IN) {
                binds.set(actual.bind(), call.result(argument));
              }
            });
    if (invocation.target() != null) {
      binds.direction(invocation.target(), Direction.OUT);
      binds.set(invocation.target(), call.returned());
    }
  }

  private List<Subprogram> overloads(Invocation invocation) {
    List<String> name = invocation.name();
    Resolved found =
        dictionary.resolve(name, session.schema()).orElseThrow(() -> notDeclared(invocation));
    List<Subprogram> overloads = found.overloads();
    if (overloads.isEmpty()) {
      throw OraException.compilation(
          invocation.position(),
          "PLS-00302: component '" + name.get(name.size() - 1) + "' must be declared");
    }
    return overloads;
  }

  /** What comes with the database is there, but nobody has taught it to the double. */
  private static OraException notDeclared(Invocation invocation) {
    String name = invocation.spelledName();
    return name.matches("(?:SYS\\.)?(?:DBMS|UTL)_.*")
        ? new UnknownException("the procedure " + name)
        : OraException.compilation(
            invocation.position(), "PLS-00201: identifier '" + name + "' must be declared");
  }

  private static Object value(Argument argument, Actual actual, Binds binds) {
    if (actual.bind() != null) {
      binds.direction(actual.bind(), argument.direction());
    }
    if (actual.isNull()) {
      return null;
    }
    Object given = actual.bind() == null ? actual.literal() : binds.value(actual.bind());
    if (argument.direction() == Direction.OUT || given instanceof List) {
      return argument.direction() == Direction.OUT ? null : given;
    }
    Object value = Conversion.to(argument.type().wireType(), given);
    return argument.type().name().equals("BINARY_INTEGER") && value != null
        ? ((BigDecimal) value).setScale(0, RoundingMode.HALF_UP)
        : value;
  }

  /** Only what goes in. */
  private static String described(Map<Argument, Object> in) {
    Map<String, Object> values = new LinkedHashMap<>();
    in.forEach(
        (argument, value) -> {
          if (argument.direction() != Direction.OUT) {
            values.put(argument.name(), value);
          }
        });
    return values.toString();
  }

  private static void run(Subprogram subprogram, RunningCall call) throws InterruptedException {
    try {
      subprogram.body().run(call);
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (SQLException e) {
      throw new OraException(6510, "PL/SQL: unhandled user-defined exception: " + e.getMessage());
    } catch (Exception e) {
      throw new IllegalStateException("the body of " + subprogram.name() + " failed", e);
    }
  }
}
