package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.database.GatewayCalls.in;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.diferido.database.GatewayCalls;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureResult.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type of docs/oracle.md in, out and both ways, with nulls and extremes, and its function.
 */
abstract class OracleTypesContract {

  private static final String EMOJI = "ñandú € 😀";
  private static final String DIGITS_38 = "12345678901234567890123456789012345678";
  private static final int FIVE_MEBIBYTES = 5 * 1024 * 1024;

  /** Of PL/SQL alone; and LONG, of which a query may have one. */
  private static final Set<String> NO_COLUMNS =
      Set.of("PL/SQL BOOLEAN", "BINARY_INTEGER", "LONG", "LONG RAW");

  protected abstract GatewayCalls calls();

  /** Makes a procedure with {@code P_IN IN type, P_OUT OUT type} that gives it back. */
  protected abstract void makeEcho(String name, String type) throws SQLException;

  /**
   * Makes a procedure with {@code P IN OUT type, P_ESTABA OUT PL/SQL BOOLEAN} that leaves it as it
   * is and says whether it was there.
   */
  protected abstract void makeBoth(String name, String type) throws SQLException;

  /** Makes a function with {@code P IN type} that returns it. */
  protected abstract void makeFunction(String name, String type) throws SQLException;

  /** Makes a procedure with {@code P IN OUT VARCHAR2} that repeats it as often. */
  protected abstract void makeGrowing(String name, int times) throws SQLException;

  /**
   * Makes a procedure with {@code C0 IN type, C1 IN type …, P OUT REF CURSOR} that opens the cursor
   * for two rows: the values, and nulls.
   */
  protected abstract void makeRows(String name, List<String> types) throws SQLException;

  /** A value of a result, without what this database may choose in it. */
  protected Object told(String type, Object value) {
    return value;
  }

  private static Arguments same(String type, Object... values) {
    return Arguments.of(type, Arrays.asList(values), Arrays.asList(values));
  }

  /** A type, values as a request has them, and as a result has them. */
  static Stream<Arguments> types() {
    return Stream.of(texts(), numbers(), times(), bytes()).flatMap(types -> types);
  }

  static Stream<Arguments> typesBothWays() {
    return types().filter(each -> !((String) each.get()[0]).startsWith("INTERVAL"));
  }

  private static Stream<Arguments> texts() {
    return Stream.of(
        same("VARCHAR2", EMOJI, "a", " ", "x".repeat(4000), "ñ".repeat(16_000), "x".repeat(32_767)),
        same("CHAR", EMOJI, "a  ", "x".repeat(2000), "x".repeat(32_767)),
        same("NVARCHAR2", EMOJI, "a", "ñ".repeat(2000), "😀".repeat(8000)),
        same("NCHAR", EMOJI, "a  ", "ñ".repeat(1000)),
        same("LONG", EMOJI, "x".repeat(32_760)),
        same("CLOB", EMOJI, "x".repeat(40_000), "ñ€😀x".repeat(FIVE_MEBIBYTES / 5)),
        same("NCLOB", EMOJI, "ñ€😀x".repeat(FIVE_MEBIBYTES / 5)),
        same("ROWID", "AAAR3sAAEAAAACXAAA"),
        same("UROWID", "AAAR3sAAEAAAACXAAA"),
        Arguments.of(
            "INTERVAL DAY TO SECOND",
            List.of(
                "2 3:4:5.6",
                "-1 0:0:0.0",
                "P99DT23H59M59.123456S",
                "0 0:0:0.5",
                "-0 0:0:4",
                "-1 2:3:4.5",
                "0 0:0:0",
                "-PT0.000000001S",
                "999999999 23:59:59.123456789"),
            List.of(
                "2 3:4:5.6",
                "-1 0:0:0.0",
                "99 23:59:59.123456",
                "0 0:0:0.5",
                "-0 0:0:4.0",
                "-1 2:3:4.5",
                "0 0:0:0.0",
                "-0 0:0:0.000000001",
                "999999999 23:59:59.123456789")),
        Arguments.of(
            "INTERVAL YEAR TO MONTH",
            List.of("2-3", "-1-2", "P99Y11M", "-0-1", "-999999999-11"),
            List.of("2-3", "-1-2", "99-11", "-0-1", "-999999999-11")));
  }

  private static Stream<Arguments> numbers() {
    return Stream.of(
        exact(
            "NUMBER",
            "0",
            "-1.5",
            DIGITS_38,
            "-" + DIGITS_38,
            "0." + DIGITS_38,
            "1" + "0".repeat(125)),
        exact("NUMBER(10,2)", "12345678.91"),
        exact("FLOAT", "1234567890.123456789"),
        exact("BINARY_INTEGER", "0", "2147483647", "-2147483648"),
        exact("BINARY_FLOAT", "1.5", "0.1", "3.4028235E+38"),
        exact("BINARY_DOUBLE", "1.5", "-0.1", "4.9E-324", "1.7976931348623157E+308"),
        same("PL/SQL BOOLEAN", true, false));
  }

  private static Arguments exact(String type, String... numbers) {
    return same(type, Stream.of(numbers).map(BigDecimal::new).toArray());
  }

  private static Stream<Arguments> times() {
    return Stream.of(
        same("DATE", "0001-01-01T00:00:00", "2026-02-03T04:05:06", "9999-12-31T23:59:59"),
        same(
            "TIMESTAMP(9)",
            "0001-01-01T00:00:00",
            "2026-02-03T04:05:06.123456789",
            "9999-12-31T23:59:59.999999999"),
        same(
            "TIMESTAMP WITH TIME ZONE",
            "0001-01-02T00:00:00Z",
            "2026-02-03T04:05:06.123456789+05:30",
            "9999-12-30T00:00:00-03:30"),
        Arguments.of(
            "TIMESTAMP WITH LOCAL TIME ZONE",
            List.of("2026-02-03T04:05:06.123456789+05:30", "9999-12-30T00:00:00Z"),
            List.of("2026-02-02T22:35:06.123456789Z", "9999-12-30T00:00:00Z")));
  }

  private static Stream<Arguments> bytes() {
    return Stream.of(
        same("RAW", base64(1), base64(2000), base64(32_767)),
        same("LONG RAW", base64(1), base64(32_760)),
        same("BLOB", base64(3), base64(FIVE_MEBIBYTES)));
  }

  private static String base64(int length) {
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; at++) {
      bytes[at] = (byte) (at + 129);
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String named(String prefix, String type) {
    return prefix + type.replaceAll("\\W", "_");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void valuesGoInAndComeOutExactly(String type, List<Object> given, List<Object> told)
      throws SQLException {
    String name = named("ECO_", type);
    makeEcho(name, type);
    for (int at = 0; at < given.size(); at++) {
      Map<String, Object> values = calls().call(name, in("p_in", given.get(at)));
      assertThat(values).containsOnlyKeys("P_OUT");
      assertThat(told(type, values.get("P_OUT"))).isEqualTo(told(type, told.get(at)));
    }
    assertThat(calls().call(name, in("p_in", null))).containsEntry("P_OUT", null);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("typesBothWays")
  void valuesGoBothWays(String type, List<Object> given, List<Object> told) throws SQLException {
    String name = named("AMBOS_", type);
    makeBoth(name, type);
    for (int at = 0; at < given.size(); at++) {
      Map<String, Object> values = calls().call(name, in("p", given.get(at)));
      assertThat(values).containsOnlyKeys("p", "P_ESTABA").containsEntry("P_ESTABA", true);
      assertThat(told(type, values.get("p"))).isEqualTo(told(type, told.get(at)));
    }
    assertThat(calls().call(name, in("p", null)))
        .containsEntry("p", null)
        .containsEntry("P_ESTABA", false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void functionsReturnThem(String type, List<Object> given, List<Object> told) throws SQLException {
    String name = named("FUNCION_", type);
    makeFunction(name, type);
    for (int at = 0; at < given.size(); at++) {
      Map<String, Object> values = calls().call(name, in("p", given.get(at)));
      assertThat(told(type, values.get("return_value"))).isEqualTo(told(type, told.get(at)));
    }
    assertThat(calls().call(name, in("p", null))).containsEntry("return_value", null);
  }

  @Test
  void aShortTextMayComeBackAsTheLongestThereIs() throws SQLException {
    makeGrowing("CRECE", 32_767);
    assertThat(calls().call("CRECE", in("p", "x"))).containsEntry("p", "x".repeat(32_767));
  }

  @Test
  void theColumnsOfACursorHaveTheSameValues() throws SQLException {
    List<String> types = new ArrayList<>();
    List<Argument> given = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    for (Arguments each : types().toList()) {
      String type = (String) each.get()[0];
      if (!NO_COLUMNS.contains(type)) {
        given.add(in("C" + types.size(), ((List<?>) each.get()[1]).get(0)));
        expected.add(told(type, ((List<?>) each.get()[2]).get(0)));
        types.add(type);
      }
    }
    makeRows("FILAS", types);
    Rows rows = (Rows) calls().call("FILAS", given.toArray(Argument[]::new)).get("P");
    List<Object> first = new ArrayList<>();
    for (int at = 0; at < types.size(); at++) {
      first.add(told(types.get(at), rows.rows().get(0).get(at)));
    }
    assertThat(first).isEqualTo(expected);
    assertThat(rows.rows().subList(1, rows.rows().size()))
        .containsExactly(Collections.nCopies(types.size(), (Object) null));
  }
}
