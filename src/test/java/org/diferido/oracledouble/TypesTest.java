package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import oracle.jdbc.OracleTypes;
import oracle.sql.INTERVALDS;
import oracle.sql.INTERVALYM;
import oracle.sql.ROWID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of every type, in and out, as the driver's user binds and reads them. */
class TypesTest extends DriverTesting {

  private static final String DIGITS_38 = "12345678901234567890123456789012345678";
  private static final String EMOJI = "ñandú € 😀";

  private interface Set {
    void set(CallableStatement call, int at, Object value) throws SQLException;
  }

  private interface Get {
    Object get(CallableStatement call, int at) throws SQLException;
  }

  private static final Set OBJECT = CallableStatement::setObject;
  private static final Set STRING = (call, at, value) -> call.setString(at, (String) value);
  private static final Set NSTRING = (call, at, value) -> call.setNString(at, (String) value);
  private static final Set BYTES = (call, at, value) -> call.setBytes(at, (byte[]) value);
  private static final Set NUMBER =
      (call, at, value) ->
          call.setBigDecimal(at, value == null ? null : new BigDecimal("" + value));
  private static final Set CLOB =
      (call, at, value) -> {
        Clob clob = call.getConnection().createClob();
        clob.setString(1, (String) value);
        call.setClob(at, clob);
      };
  private static final Set NCLOB =
      (call, at, value) -> {
        var clob = call.getConnection().createNClob();
        clob.setString(1, (String) value);
        call.setNClob(at, clob);
      };
  private static final Set BLOB =
      (call, at, value) -> {
        var blob = call.getConnection().createBlob();
        blob.setBytes(1, (byte[]) value);
        call.setBlob(at, blob);
      };
  private static final Get GET_STRING = CallableStatement::getString;
  private static final Get GET_NSTRING = CallableStatement::getNString;
  private static final Get GET_NUMBER =
      (call, at) -> {
        BigDecimal number = call.getBigDecimal(at);
        return number == null ? null : number.toPlainString();
      };
  private static final Get GET_BYTES = CallableStatement::getBytes;
  private static final Get LOCAL = (call, at) -> call.getObject(at, LocalDateTime.class);
  private static final Get ZONED = (call, at) -> call.getObject(at, OffsetDateTime.class);
  private static final Get GET_DOUBLE =
      (call, at) -> {
        double value = call.getDouble(at);
        return call.wasNull() ? null : value;
      };
  private static final Get GET_FLOAT =
      (call, at) -> {
        float value = call.getFloat(at);
        return call.wasNull() ? null : value;
      };
  private static final Get GET_INT =
      (call, at) -> {
        int value = call.getInt(at);
        return call.wasNull() ? null : value;
      };
  private static final Get GET_BOOLEAN =
      (call, at) -> {
        boolean value = call.getBoolean(at);
        return call.wasNull() ? null : value;
      };
  private static final Get GET_CLOB =
      (call, at) -> {
        Clob clob = call.getClob(at);
        return clob == null ? null : clob.getSubString(1, (int) clob.length());
      };
  private static final Get GET_BLOB =
      (call, at) -> {
        var blob = call.getBlob(at);
        return blob == null ? null : blob.getBytes(1, (int) blob.length());
      };

  /** For an IN OUT argument the driver wants the type of the value to be the registered one. */
  private static Set as(int type) {
    return (call, at, value) -> call.setObject(at, value, type);
  }

  private static final Set INTERVAL_DS =
      (call, at, value) -> call.setObject(at, new INTERVALDS((String) value));
  private static final Set ROW_ID =
      (call, at, value) ->
          call.setRowId(at, new ROWID(((String) value).getBytes(StandardCharsets.US_ASCII)));
  private static final Set INTERVAL_YM =
      (call, at, value) -> call.setObject(at, new INTERVALYM((String) value));

  private static Arguments type(String type, Set set, int jdbcType, Get get, Object... values) {
    return Arguments.of(type, set, set, jdbcType, get, Arrays.asList(values));
  }

  /**
   * @param both null where the driver cannot have it IN OUT
   */
  private static Arguments type(
      String type, Set set, Set both, int jdbcType, Get get, Object... values) {
    return Arguments.of(type, set, both, jdbcType, get, Arrays.asList(values));
  }

  static Stream<Arguments> types() {
    LocalDateTime first = LocalDateTime.of(1, 1, 1, 0, 0);
    LocalDateTime last = LocalDateTime.of(9999, 12, 31, 23, 59, 59);
    LocalDateTime nanos = LocalDateTime.of(2026, 2, 3, 4, 5, 6, 123_456_789);
    return Stream.of(
        type("VARCHAR2", STRING, Types.VARCHAR, GET_STRING, EMOJI, "a", "x".repeat(4000)),
        type(
            "VARCHAR2(32767)",
            STRING,
            null,
            Types.VARCHAR,
            GET_STRING,
            "x".repeat(32_767),
            "ñ".repeat(16_383)),
        type("CHAR", STRING, Types.CHAR, GET_STRING, EMOJI, "a  "),
        type("NVARCHAR2", NSTRING, Types.NVARCHAR, GET_NSTRING, EMOJI, "a"),
        type("NCHAR", NSTRING, Types.NCHAR, GET_NSTRING, EMOJI, "a"),
        type(
            "NUMBER",
            NUMBER,
            Types.NUMERIC,
            GET_NUMBER,
            "0",
            "-1.5",
            DIGITS_38,
            "-" + DIGITS_38,
            "0." + DIGITS_38),
        type("NUMBER(10,2)", NUMBER, Types.NUMERIC, GET_NUMBER, "12345678.91"),
        type("FLOAT", NUMBER, Types.NUMERIC, GET_NUMBER, "1234567890.123456789"),
        type(
            "BINARY_INTEGER",
            OBJECT,
            Types.INTEGER,
            GET_INT,
            0,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE),
        type(
            "BINARY_FLOAT",
            as(OracleTypes.BINARY_FLOAT),
            OracleTypes.BINARY_FLOAT,
            GET_FLOAT,
            1.5f,
            Float.NaN,
            Float.MAX_VALUE),
        type(
            "BINARY_DOUBLE",
            as(OracleTypes.BINARY_DOUBLE),
            OracleTypes.BINARY_DOUBLE,
            GET_DOUBLE,
            1.5,
            -0.1,
            Double.MIN_VALUE,
            Double.NaN,
            Double.NEGATIVE_INFINITY),
        type("DATE", OBJECT, Types.TIMESTAMP, LOCAL, first, last, nanos.withNano(0)),
        type("TIMESTAMP(9)", OBJECT, Types.TIMESTAMP, LOCAL, first, last, nanos),
        type(
            "TIMESTAMP WITH TIME ZONE",
            OBJECT,
            OracleTypes.TIMESTAMPTZ,
            ZONED,
            OffsetDateTime.parse("2026-02-03T04:05:06.123456789+05:30"),
            OffsetDateTime.parse("9999-12-30T00:00:00-03:30")),
        type(
            "TIMESTAMP WITH LOCAL TIME ZONE",
            OBJECT,
            as(OracleTypes.TIMESTAMPLTZ),
            OracleTypes.TIMESTAMPLTZ,
            ZONED,
            OffsetDateTime.parse("2026-02-03T04:05:06.123456789Z")),
        type(
            "INTERVAL DAY TO SECOND",
            STRING,
            INTERVAL_DS,
            OracleTypes.INTERVALDS,
            GET_STRING,
            "2 3:4:5.6",
            "-1 0:0:0.0"),
        type(
            "INTERVAL YEAR TO MONTH",
            STRING,
            INTERVAL_YM,
            OracleTypes.INTERVALYM,
            GET_STRING,
            "2-3",
            "-1-2"),
        type("CLOB", CLOB, Types.CLOB, GET_CLOB, EMOJI, "x".repeat(100_000)),
        type("CLOB", STRING, CLOB, Types.CLOB, GET_CLOB, EMOJI, "x".repeat(40_000)),
        type("NCLOB", NCLOB, Types.NCLOB, GET_CLOB, EMOJI, "ñ".repeat(100_000)),
        type("BLOB", BLOB, Types.BLOB, GET_BLOB, new byte[] {1, 2, 3}, new byte[5 * 1024 * 1024]),
        type("RAW", BYTES, Types.VARBINARY, GET_BYTES, new byte[] {1, -1}, new byte[2000]),
        type("LONG", STRING, Types.LONGVARCHAR, GET_STRING, EMOJI, "x".repeat(32_760)),
        type("LONG RAW", BYTES, Types.LONGVARBINARY, GET_BYTES, new byte[] {1}, new byte[32_760]),
        type("ROWID", STRING, ROW_ID, Types.ROWID, GET_STRING, "AAAR3sAAEAAAACXAAA"),
        type("PL/SQL BOOLEAN", OBJECT, OracleTypes.PLSQL_BOOLEAN, GET_BOOLEAN, true, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void aValueGoesInAndComesOut(
      String type, Set set, Set both, int jdbcType, Get get, List<Object> values)
      throws SQLException {
    List<Object> seen = new ArrayList<>();
    db.procedure(
        USER,
        null,
        "ECO",
        call -> {
          seen.add(call.in("P_IN"));
          call.out("P_OUT", call.in("P_IN"));
        },
        "P_IN IN " + type,
        "P_OUT OUT " + type,
        "P_BOTH IN OUT " + type);
    List<Object> all = new ArrayList<>(values);
    all.add(null);
    try (CallableStatement call =
        connection.prepareCall("BEGIN ECO(P_IN => ?, P_OUT => ?, P_BOTH => ?); END;")) {
      for (Object value : all) {
        if (value == null) {
          call.setNull(1, jdbcType);
        } else {
          set.set(call, 1, value);
        }
        call.registerOutParameter(2, jdbcType);
        call.registerOutParameter(3, jdbcType);
        if (both == null || value == null) {
          call.setNull(3, jdbcType);
        } else {
          both.set(call, 3, value);
        }
        call.execute();
        assertThat(get.get(call, 2)).as("OUT").isEqualTo(value);
        assertThat(get.get(call, 3)).as("IN OUT").isEqualTo(both == null ? null : value);
      }
    }
    assertThat(seen).hasSize(all.size()).endsWith((Object) null);
    assertThat(db.unknown()).isEmpty();
  }
}
