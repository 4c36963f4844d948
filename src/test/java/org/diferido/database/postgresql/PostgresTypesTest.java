package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.database.GatewayCalls.in;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.diferido.database.GatewayCalls;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult.Rows;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The extremes of PostgreSQL's types, in, out and in the rows of a cursor. */
class PostgresTypesTest {

  private static final DataSource DATABASE = Postgres17.newDatabase();

  private final GatewayCalls calls = new GatewayCalls(DATABASE, new PostgresDialect());

  @BeforeAll
  static void echoesAreThere() {
    Postgres17.execute(
        DATABASE,
        """
        CREATE DOMAIN codigo AS varchar(3);
        CREATE DOMAIN fijo AS char(3);
        CREATE PROCEDURE eco_char(v char, OUT o char) LANGUAGE plpgsql AS 'BEGIN o := v; END';
        CREATE PROCEDURE eco_bit(v bit, OUT o bit) LANGUAGE plpgsql AS 'BEGIN o := v; END';
        CREATE PROCEDURE eco_codigo(v codigo, OUT o codigo) LANGUAGE plpgsql AS 'BEGIN o := v; END';
        CREATE PROCEDURE eco_fijo(v fijo, OUT o fijo) LANGUAGE plpgsql AS 'BEGIN o := v; END';
        CREATE PROCEDURE eco_text(v text, OUT o text) LANGUAGE plpgsql AS 'BEGIN o := v; END';
        CREATE PROCEDURE eco_numeric(v numeric, OUT o numeric) LANGUAGE plpgsql AS 'BEGIN o := v; END';
        CREATE PROCEDURE eco_bytea(v bytea, OUT o bytea) LANGUAGE plpgsql AS 'BEGIN o := v; END';
        CREATE PROCEDURE muchos_bytes(v integer, OUT o bytea) LANGUAGE plpgsql
          AS $$ BEGIN o := convert_to(repeat('x', v), 'UTF8'); END $$;
        CREATE PROCEDURE eco_date(v date, OUT o date) LANGUAGE plpgsql AS 'BEGIN o := v; END';
        CREATE PROCEDURE de_texto(v text, OUT fecha date) LANGUAGE plpgsql AS 'BEGIN fecha := v; END';
        CREATE PROCEDURE momento(v text, OUT sin timestamp, OUT con timestamptz) LANGUAGE plpgsql
          AS 'BEGIN sin := v; con := v; END';
        CREATE PROCEDURE numeros(v text, OUT n numeric, OUT d float8, OUT r float4) LANGUAGE plpgsql
          AS 'BEGIN n := v; d := v; r := v; END';
        CREATE FUNCTION fila(v text, OUT n numeric, OUT d date, OUT t timestamp, OUT z timestamptz)
          RETURNS SETOF record LANGUAGE sql
          AS $$ SELECT CASE v WHEN 'infinity' THEN 'NaN' ELSE '1' END::numeric,
                       v::date, v::timestamp, v::timestamptz $$;
        CREATE FUNCTION ancha() RETURNS TABLE (
            b boolean, u uuid, j jsonb, m money, a integer[], i interval, h time, y bytea, c char(5),
            n numeric(10, 2), k bit(3), e "char") LANGUAGE sql
          AS $$ SELECT true, '6f1b0e9e-7a55-4d5c-8f7e-0a1b2c3d4e5f'::uuid, '{"a": 1}'::jsonb, 1::money,
                       ARRAY[1, 2], '1 day'::interval, '10:00'::time, '\\x00ff'::bytea, 'ab'::char(5),
                       1.50::numeric(10, 2), B'101', 'x'::"char" $$;
        CREATE FUNCTION vacia() RETURNS TABLE (
            b boolean, n numeric, d date, t timestamp, z timestamptz, y bytea, f float8) LANGUAGE sql
          AS $$ SELECT NULL::boolean, NULL::numeric, NULL::date, NULL::timestamp, NULL::timestamptz,
                       NULL::bytea, NULL::float8 $$;
        CREATE PROCEDURE "¿p? {d '1'} -- /* $a$ :1 '"("a? $1" text, OUT "b''?" text) LANGUAGE plpgsql
          AS $$ BEGIN "b''?" := "a? $1"; END $$;
        """);
  }

  /** CAST to character or bit without a length would be to one of length one. */
  @Test
  void aTypeWithoutALengthDoesNotShorten() {
    assertThat(calls.call("eco_char", in("v", "hola"))).containsEntry("o", "hola");
    assertThat(calls.call("eco_bit", in("v", "0101"))).containsEntry("o", "0101");
  }

  @Test
  void aDomainWithALengthRefusesWhatIsLonger() {
    assertThat(calls.call("eco_codigo", in("v", "abc"))).containsEntry("o", "abc");
    assertThat(calls.failure("eco_codigo", in("v", "abcd")).databaseCode())
        .isEqualTo("SQLSTATE-22001");
    assertThat(calls.failure("eco_fijo", in("v", "abcd")).databaseCode())
        .isEqualTo("SQLSTATE-22001");
  }

  @Test
  void longTextsComeBackWhole() {
    String five = "ñ€😀x".repeat(1024 * 1024);
    assertThat(calls.call("eco_text", in("v", five))).containsEntry("o", five);
    String most = "x".repeat(32_767);
    assertThat(calls.call("eco_text", in("v", most))).containsEntry("o", most);
  }

  @Test
  void moreBytesThanAResultMayHaveAreRefused() {
    assertThat(calls.failure("muchos_bytes", in("v", new BigDecimal(6 * 1024 * 1024 + 1))).code())
        .isEqualTo(FailureCode.RESULT_TOO_LARGE);
  }

  @Test
  void bytesOfAllKindsComeBack() {
    byte[] bytes = new byte[1024 * 1024];
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] = (byte) at;
    }
    String base64 = Base64.getEncoder().encodeToString(bytes);
    assertThat(calls.call("eco_bytea", in("v", base64))).containsEntry("o", base64);
    assertThat(calls.call("eco_bytea", in("v", ""))).containsEntry("o", "");
  }

  @Test
  void aNulCharacterIsRefusedByTheDatabaseAndDisturbsNobody() {
    assertThat(calls.failure("eco_text", in("v", "a\u0000b")).databaseCode())
        .isEqualTo("SQLSTATE-22021");
    assertThat(calls.call("eco_text", in("v", "x"))).containsEntry("o", "x");
  }

  @ParameterizedTest
  @CsvSource({
    "1E+20, 100000000000000000000",
    "1E-20, 0.00000000000000000001",
    "1.50, 1.50",
    "0, 0",
    "-12345678901234567890123456789012345678.123456789, -12345678901234567890123456789012345678.123456789"
  })
  void numbersAreExact(BigDecimal given, BigDecimal told) {
    assertThat(calls.call("eco_numeric", in("v", given))).containsEntry("o", told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void whatIsNoNumberIsText(String value) {
    assertThat(calls.call("numeros", in("v", value)))
        .containsEntry("n", value)
        .containsEntry("d", value)
        .containsEntry("r", value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"infinity", "-infinity"})
  void whatNeverComesIsText(String never) {
    assertThat(calls.call("momento", in("v", never)))
        .containsEntry("sin", never)
        .containsEntry("con", never);
    assertThat(calls.call("de_texto", in("v", never))).containsEntry("fecha", never);
  }

  @ParameterizedTest
  @CsvSource({
    "0001-01-01, 0001-01-01T00:00:00",
    "1582-10-10, 1582-10-10T00:00:00",
    "9999-12-31, 9999-12-31T00:00:00",
    "0044-03-15 BC, -0043-03-15T00:00:00",
    "12345-06-07, +12345-06-07T00:00:00"
  })
  void aDayIsTheSameDay(String given, String told) {
    assertThat(calls.call("de_texto", in("v", given))).containsEntry("fecha", told);
  }

  @Test
  void theRowsOfAFunctionKeepToTheSameRules() {
    Rows never = (Rows) calls.call("fila", in("v", "infinity")).get("return_value");
    assertThat(never.rows().get(0)).containsExactly("NaN", "infinity", "infinity", "infinity");
    Rows day = (Rows) calls.call("fila", in("v", "2025-12-10")).get("return_value");
    assertThat(day.rows().get(0).subList(0, 3))
        .containsExactly(BigDecimal.ONE, "2025-12-10T00:00:00", "2025-12-10T00:00:00");
  }

  @Test
  void aRowMayHaveAnyType() {
    Rows rows = (Rows) calls.call("ancha").get("return_value");
    assertThat(rows.rows().get(0))
        .containsExactly(
            true,
            "6f1b0e9e-7a55-4d5c-8f7e-0a1b2c3d4e5f",
            "{\"a\": 1}",
            "$1.00",
            "{1,2}",
            "1 day",
            "10:00:00",
            "AP8=",
            "ab   ",
            new BigDecimal("1.50"),
            "101",
            "x");
    Rows nulls = (Rows) calls.call("vacia").get("return_value");
    assertThat(nulls.rows().get(0)).hasSize(7).containsOnlyNulls();
  }

  @Test
  void namesThatLookLikeCodeAreNames() {
    ProcedureName odd =
        new ProcedureName(
            List.of(new ProcedureName.Identifier("¿p? {d '1'} -- /* $a$ :1 '", true)));
    Map<String, Object> values = calls.call(odd, in("a? $1", "x"));
    assertThat(values).isEqualTo(Map.of("b''?", "x"));
  }
}
