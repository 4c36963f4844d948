package org.diferido.database.oracle;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.diferido.database.GatewayCalls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Values of all types in a real Oracle. */
@WithOracleServer
class OracleServerTypesTest extends OracleTypesContract {

  /** What PL/SQL calls a type without the precision that a parameter cannot name. */
  private static final Map<String, String> UNCONSTRAINED =
      Map.of(
          "NUMBER(10,2)", "NUMBER",
          "TIMESTAMP(9)", "TIMESTAMP_UNCONSTRAINED",
          "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_TZ_UNCONSTRAINED",
          "TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMP_LTZ_UNCONSTRAINED",
          "INTERVAL DAY TO SECOND", "DSINTERVAL_UNCONSTRAINED",
          "INTERVAL YEAR TO MONTH", "YMINTERVAL_UNCONSTRAINED",
          "PL/SQL BOOLEAN", "BOOLEAN");

  private static OracleServer server;
  private static GatewayCalls calls;

  @BeforeAll
  static void theServerIsThere() throws SQLException {
    server = OracleServer.open();
    calls = new GatewayCalls(server.dataSource(), new OracleDialect());
  }

  @AfterAll
  static void everythingIsDropped() throws SQLException {
    if (server != null) {
      server.close();
    }
  }

  private static String written(String type) {
    return UNCONSTRAINED.getOrDefault(type, type);
  }

  @Override
  protected GatewayCalls calls() {
    return calls;
  }

  @Override
  protected void makeEcho(String name, String type) throws SQLException {
    server.run(
        "CREATE PROCEDURE %1$s(P_IN IN %2$s, P_OUT OUT %2$s) IS BEGIN P_OUT := P_IN; END;"
            .formatted(name, written(type)));
  }

  @Override
  protected void makeBoth(String name, String type) throws SQLException {
    server.run(
        """
        CREATE PROCEDURE %s(P IN OUT %s, P_ESTABA OUT BOOLEAN) IS
        BEGIN
          P_ESTABA := P IS NOT NULL;
        END;"""
            .formatted(name, written(type)));
  }

  @Override
  protected void makeFunction(String name, String type) throws SQLException {
    server.run(
        "CREATE FUNCTION %1$s(P IN %2$s) RETURN %2$s IS BEGIN RETURN P; END;"
            .formatted(name, written(type)));
  }

  @Override
  protected void makeGrowing(String name, int times) throws SQLException {
    server.run(
        "CREATE PROCEDURE %s(P IN OUT VARCHAR2) IS BEGIN P := RPAD(P, %d, P); END;"
            .formatted(name, times));
  }

  @Override
  protected void makeRows(String name, List<String> types) throws SQLException {
    String parameters =
        IntStream.range(0, types.size())
            .mapToObj(at -> "C" + at + " IN " + written(types.get(at)) + ", ")
            .collect(Collectors.joining());
    String columns =
        IntStream.range(0, types.size())
            .mapToObj(at -> "CASE LEVEL WHEN 1 THEN C%1$d END AS C%1$d".formatted(at))
            .collect(Collectors.joining(", "));
    server.run(
        """
        CREATE PROCEDURE %s(%sP OUT SYS_REFCURSOR) IS
        BEGIN
          OPEN P FOR SELECT %s FROM DUAL CONNECT BY LEVEL <= 2;
        END;"""
            .formatted(name, parameters, columns));
  }

  /** A CHAR is as long as there is room for it; a local time is told in the session's zone. */
  @Override
  protected Object told(String type, Object value) {
    return switch (type) {
      case "CHAR", "NCHAR" -> ((String) value).stripTrailing();
      case "TIMESTAMP WITH LOCAL TIME ZONE" -> OffsetDateTime.parse((String) value).toInstant();
      default -> value;
    };
  }
}
