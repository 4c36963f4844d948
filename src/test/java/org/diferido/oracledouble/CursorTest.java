package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.List;
import org.diferido.oracledouble.value.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REF CURSORs: their columns of every type, and their rows in several round trips. */
class CursorTest extends DriverTesting {

  private static final LocalDateTime NANOS = LocalDateTime.of(2026, 2, 3, 4, 5, 6, 123_456_789);

  private static Rows everyType() {
    return Rows.of(
            "V VARCHAR2(100)",
            "C CHAR(5)",
            "NV NVARCHAR2(100)",
            "NC NCHAR(3)",
            "N NUMBER",
            "N2 NUMBER(10,2)",
            "F FLOAT",
            "BF BINARY_FLOAT",
            "BD BINARY_DOUBLE",
            "D DATE",
            "T TIMESTAMP(9)",
            "TZ TIMESTAMP(9) WITH TIME ZONE",
            "LTZ TIMESTAMP(9) WITH LOCAL TIME ZONE",
            "DS INTERVAL DAY TO SECOND",
            "YM INTERVAL YEAR TO MONTH",
            "R RAW(10)",
            "RO ROWID",
            "L CLOB",
            "NL NCLOB",
            "B BLOB")
        .row(
            "ñ 😀",
            "abc  ",
            "ñ 😀",
            "a  ",
            new BigDecimal("-12345678901234567890123456789012345678"),
            new BigDecimal("12.50"),
            new BigDecimal("1.5"),
            1.5f,
            Double.NaN,
            NANOS.withNano(0),
            NANOS,
            OffsetDateTime.parse("2026-02-03T04:05:06.123456789+05:30"),
            OffsetDateTime.parse("2026-02-03T04:05:06Z"),
            Duration.parse("P1DT2H3M4.5S"),
            Period.of(2, 3, 0),
            new byte[] {1, -1},
            "AAAR3sAAEAAAACXAAA",
            "ñ 😀".repeat(20_000),
            "ñ 😀",
            new byte[50_000])
        .row(new Object[20]);
  }

  @Test
  void columnsOfEveryTypeAreRead() throws SQLException {
    db.procedure(USER, null, "P", call -> call.out("C", everyType()), "C OUT REF CURSOR");
    try (CallableStatement call = connection.prepareCall("{call P(?)}")) {
      call.registerOutParameter(1, Types.REF_CURSOR);
      call.execute();
      try (ResultSet row = call.getObject(1, ResultSet.class)) {
        ResultSetMetaData meta = row.getMetaData();
        assertThat(meta.getColumnCount()).isEqualTo(20);
        assertThat(meta.getColumnTypeName(6)).isEqualTo("NUMBER");
        assertThat(meta.getPrecision(6)).isEqualTo(10);
        assertThat(meta.getScale(6)).isEqualTo(2);
        assertThat(row.next()).isTrue();
        assertThat(row.getString("V")).isEqualTo("ñ 😀");
        assertThat(row.getString("C")).isEqualTo("abc  ");
        assertThat(row.getNString("NV")).isEqualTo("ñ 😀");
        assertThat(row.getNString("NC")).isEqualTo("a  ");
        assertThat(row.getBigDecimal("N"))
            .isEqualByComparingTo("-12345678901234567890123456789012345678");
        assertThat(row.getBigDecimal("N2")).isEqualByComparingTo("12.5");
        assertThat(row.getBigDecimal("F")).isEqualByComparingTo("1.5");
        assertThat(row.getFloat("BF")).isEqualTo(1.5f);
        assertThat(row.getDouble("BD")).isNaN();
        assertThat(row.getObject("D", LocalDateTime.class)).isEqualTo(NANOS.withNano(0));
        assertThat(row.getObject("T", LocalDateTime.class)).isEqualTo(NANOS);
        assertThat(row.getObject("TZ", OffsetDateTime.class))
            .hasToString("2026-02-03T04:05:06.123456789+05:30");
        assertThat(row.getObject("LTZ", OffsetDateTime.class).toInstant())
            .hasToString("2026-02-03T04:05:06Z");
        assertThat(row.getString("DS")).isEqualTo("1 2:3:4.5");
        assertThat(row.getString("YM")).isEqualTo("2-3");
        assertThat(row.getBytes("R")).containsExactly(1, -1);
        assertThat(row.getString("RO")).isEqualTo("AAAR3sAAEAAAACXAAA");
        assertThat(row.getString("L")).isEqualTo("ñ 😀".repeat(20_000));
        assertThat(row.getString("NL")).isEqualTo("ñ 😀");
        assertThat(row.getBytes("B")).hasSize(50_000);
        assertThat(row.next()).isTrue();
        for (int at = 1; at <= meta.getColumnCount(); at++) {
          assertThat(row.getObject(at)).as(meta.getColumnName(at)).isNull();
        }
        assertThat(row.next()).isFalse();
      }
    }
    assertThat(db.unknown()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10, 100, 5000})
  void severalCursorsAreReadInTurnHoweverManyRowsAFetchHas(int size) throws SQLException {
    db.procedure(
        USER,
        null,
        "P",
        call -> {
          call.out("C1", numbers(1000));
          call.out("C2", numbers(0));
          call.out("C3", numbers(3));
        },
        "C1 OUT REF CURSOR",
        "C2 OUT REF CURSOR",
        "C3 OUT REF CURSOR");
    try (CallableStatement call = connection.prepareCall("{call P(?, ?, ?)}")) {
      for (int at = 1; at <= 3; at++) {
        call.registerOutParameter(at, Types.REF_CURSOR);
      }
      call.setFetchSize(size);
      call.execute();
      try (ResultSet first = call.getObject(1, ResultSet.class);
          ResultSet second = call.getObject(2, ResultSet.class);
          ResultSet third = call.getObject(3, ResultSet.class)) {
        first.setFetchSize(size);
        assertThat(rows(third)).containsExactly("0|fila 0", "1|fila 1", "2|fila 2");
        List<String> all = rows(first);
        assertThat(all).hasSize(1000).endsWith("999|fila 999");
        assertThat(rows(second)).isEmpty();
      }
    }
    assertThat(db.unknown()).isEmpty();
  }

  private static Rows numbers(int count) {
    Rows rows = Rows.of("N NUMBER", "T VARCHAR2(20)");
    for (int at = 0; at < count; at++) {
      rows.row(at, "fila " + at);
    }
    return rows;
  }

  @Test
  void whatIsJustReturnedIsReadAfterTheValues() throws SQLException {
    db.procedure(
        USER,
        null,
        "P",
        call -> {
          call.out("N", 7);
          call.returnResult(numbers(700));
          call.returnResult(numbers(0));
          call.returnResult(everyType());
        },
        "N OUT NUMBER");
    try (CallableStatement call = connection.prepareCall("{call P(?)}")) {
      call.registerOutParameter(1, Types.NUMERIC);
      call.execute();
      assertThat(call.getBigDecimal(1)).isEqualByComparingTo("7");
      assertThat(call.getMoreResults()).isTrue();
      assertThat(rows(call.getResultSet())).hasSize(700).endsWith("699|fila 699");
      assertThat(call.getMoreResults()).isTrue();
      assertThat(rows(call.getResultSet())).isEmpty();
      assertThat(call.getMoreResults()).isTrue();
      try (ResultSet rows = call.getResultSet()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("L")).isEqualTo("ñ 😀".repeat(20_000));
      }
      assertThat(call.getMoreResults()).isFalse();
    }
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void aCursorThatWasNeverOpenedIsNull() throws SQLException {
    db.procedure(USER, null, "P", call -> {}, "C OUT REF CURSOR", "N OUT NUMBER");
    try (CallableStatement call = connection.prepareCall("{call P(?, ?)}")) {
      call.registerOutParameter(1, Types.REF_CURSOR);
      call.registerOutParameter(2, Types.NUMERIC);
      call.execute();
      assertThat(call.getObject(1)).isNull();
      assertThat(call.getBigDecimal(2)).isNull();
    }
  }
}
