package org.diferido.database.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oracle.jdbc.pool.OracleDataSource;
import org.diferido.procedure.CallTag;

/**
 * The real Oracle that somebody gave. What is made in it is dropped again, in the opposite order;
 * what is there already is never replaced: then nothing is made, and the tests fail.
 */
final class OracleServer implements AutoCloseable {

  /** The property with the driver's address of it. */
  static final String URL = "oracle.url";

  private static final int NO_SUCH_TABLE = 942;

  private static final Pattern CREATED =
      Pattern.compile("(?s)CREATE (TABLE|TYPE|PACKAGE|PROCEDURE|FUNCTION) (\\w+).*");

  private static final String INVALID =
      """
      SELECT NAME || ' line ' || LINE || ': ' || TEXT FROM USER_ERRORS
       WHERE ATTRIBUTE = 'ERROR' ORDER BY NAME, SEQUENCE
      """;

  private final AtomicInteger connections = new AtomicInteger();
  private final CountedDataSource dataSource;
  private final Connection own;
  private final Deque<String> drops = new ArrayDeque<>();

  private OracleServer() throws SQLException {
    dataSource = new CountedDataSource();
    dataSource.setURL(System.getProperty(URL));
    dataSource.setUser(System.getProperty("oracle.user"));
    dataSource.setPassword(System.getProperty("oracle.password"));
    own = dataSource.getConnection();
    connections.set(0);
  }

  /** Counts what was opened. */
  private final class CountedDataSource extends OracleDataSource {

    private static final long serialVersionUID = 1L;

    CountedDataSource() throws SQLException {}

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      connections.incrementAndGet();
      return connection;
    }
  }

  /** With nothing made in it yet. */
  static OracleServer open() throws SQLException {
    return new OracleServer();
  }

  /** With the procedures of the gateway's contract. */
  static OracleServer withProcedures() throws SQLException {
    OracleServer server = open();
    try (InputStream script = OracleServer.class.getResourceAsStream("contract.sql")) {
      for (String each : statements(new String(script.readAllBytes(), StandardCharsets.UTF_8))) {
        server.run(each);
      }
      return server;
    } catch (IOException e) {
      server.close();
      throw new UncheckedIOException(e);
    } catch (SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The statements of a script, each of which ends with a line that is a slash. */
  static List<String> statements(String script) {
    List<String> statements = new ArrayList<>();
    for (String each : script.replaceAll("(?m)^--.*$", "").split("(?m)^/$")) {
      if (!each.isBlank()) {
        statements.add(each.strip());
      }
    }
    return statements;
  }

  OracleDataSource dataSource() {
    return dataSource;
  }

  /** How many connections were opened through the DataSource. */
  int connections() {
    return connections.get();
  }

  /**
   * Runs a statement and commits.
   *
   * @throws IllegalStateException when it made something that does not compile
   */
  void run(String sql) throws SQLException {
    try (Statement statement = own.createStatement()) {
      // Braces and colons of PL/SQL are not the driver's.
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
    drop(sql).ifPresent(drops::push);
    if (sql.startsWith("CREATE")) {
      List<String> errors = column(INVALID);
      if (!errors.isEmpty()) {
        throw new IllegalStateException(String.join("\n", errors));
      }
    }
  }

  /** What undoes a statement. */
  static Optional<String> drop(String sql) {
    Matcher created = CREATED.matcher(sql);
    // The body goes with its package.
    return created.matches() && !created.group(2).equals("BODY")
        ? Optional.of("DROP " + created.group(1) + " " + created.group(2))
        : Optional.empty();
  }

  /** Drops a table at the end that is made by somebody else, and must not be there yet. */
  void willHaveTable(String name) throws SQLException {
    if (!column("SELECT OBJECT_NAME FROM USER_OBJECTS WHERE OBJECT_NAME = '" + name + "'")
        .isEmpty()) {
      throw new IllegalStateException("there is a table " + name + " already: use another user");
    }
    drops.push("DROP TABLE \"" + name + "\" CASCADE CONSTRAINTS");
  }

  List<String> column(String query) throws SQLException {
    try (Statement statement = own.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  boolean isRunning(CallTag tag) {
    try {
      return column(
                  "SELECT SID FROM V$SESSION WHERE STATUS = 'ACTIVE' AND CLIENT_IDENTIFIER = '"
                      + tag.id()
                      + "'")
              .size()
          == 1;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    SQLException first = null;
    try (own) {
      while (!drops.isEmpty()) {
        try {
          run(drops.pop());
        } catch (SQLException e) {
          // What was never made need not be dropped.
          first = first == null && e.getErrorCode() != NO_SUCH_TABLE ? e : first;
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
