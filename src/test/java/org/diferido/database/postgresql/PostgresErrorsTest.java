package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.diferido.database.ErrorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresErrorsTest {

  private final PostgresErrors errors = new PostgresErrors();

  @ParameterizedTest
  @CsvSource({
    "08000, CONNECTION_LOST",
    "08003, CONNECTION_LOST",
    "08006, CONNECTION_LOST",
    "57P01, CONNECTION_LOST",
    "57P02, CONNECTION_LOST",
    "57P04, CONNECTION_LOST",
    "57P05, CONNECTION_LOST",
    "25P03, CONNECTION_LOST",
    "25P04, CONNECTION_LOST",
    "08001, UNREACHABLE",
    "08004, UNREACHABLE",
    "53300, UNREACHABLE",
    "57P03, UNREACHABLE",
    "28000, REFUSED",
    "28P01, REFUSED",
    "3D000, REFUSED",
    "57014, CANCELLED",
    "P0001, RAISED",
    "20001, RAISED",
    "20999, RAISED",
    "XY123, RAISED",
    "45000, RAISED",
    "20000, DATA",
    "P0002, DATA",
    "P0003, DATA",
    "P0004, DATA",
    "22003, DATA",
    "22012, DATA",
    "23505, DATA",
    "42883, DATA",
    "42501, DATA",
    "0A000, DATA",
    "0B000, DATA",
    "0F001, DATA",
    "0LP01, DATA",
    "0P000, DATA",
    "0Z002, DATA",
    "10608, DATA",
    "2D000, DATA",
    "25P02, DATA",
    "3F000, DATA",
    "34000, DATA",
    "38000, DATA",
    "39000, DATA",
    "44000, DATA",
    "21000, DATA",
    "24000, DATA",
    "26000, DATA",
    "27000, DATA",
    "2B000, DATA",
    "2F000, DATA",
    "3B000, DATA",
    "03000, DATA",
    "09000, DATA",
    "55000, DATA",
    "40001, CONFLICT",
    "40P01, CONFLICT",
    "55P03, CONFLICT",
    "55006, CONFLICT",
    "72000, CONFLICT",
    "53100, SERVER",
    "53200, SERVER",
    "54000, SERVER",
    "57000, SERVER",
    "58030, SERVER",
    "F0000, SERVER",
    "HV000, SERVER",
    "XX000, SERVER",
    "XX001, SERVER"
  })
  void theStateTellsTheKind(String state, ErrorKind kind) {
    assertThat(errors.kind(new SQLException("x", state))).isEqualTo(kind);
    SQLException wrapped = new SQLException("of the pool", null, 0, new SQLException("x", state));
    assertThat(errors.kind(wrapped)).isEqualTo(kind);
  }

  @Test
  void withoutAStateItIsTheServers() {
    assertThat(errors.kind(new SQLException("x"))).isEqualTo(ErrorKind.SERVER);
  }

  @Test
  void theTextIsWhatWasRaised() {
    SQLException error =
        new SQLException(
            "ERROR: el saldo no cuadra\n  Detail: cuenta 7\n  Hint: revise\n"
                + "  Where: PL/pgSQL function p(numeric) line 3 at RAISE\nSQL statement \"x\"",
            "P0001");
    assertThat(errors.text(error))
        .isEqualTo("el saldo no cuadra\n  Detail: cuenta 7\n  Hint: revise");
    assertThat(errors.code(error)).isEqualTo("SQLSTATE-P0001");
  }

  @Test
  void aProcedureThatCameFromOracleKeepsItsCode() {
    assertThat(errors.code(new SQLException("ERROR: ORA-20001: no cuadra", "P0001")))
        .isEqualTo("ORA-20001");
  }

  @Test
  void withoutATextThereIsTheCode() {
    assertThat(errors.text(new SQLException(null, "XX000"))).isEqualTo("SQLSTATE-XX000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"42883", "42725", "42704", "42809", "42P13", "3F000", "0A000", "XX000"})
  void aStaleSignatureIsKnown(String state) {
    assertThat(errors.isSignatureStale(new SQLException("x", state))).isTrue();
    assertThat(errors.isSignatureStale(new SQLException("x", "P0001"))).isFalse();
    assertThat(errors.isSignatureStale(new SQLException("x"))).isFalse();
  }
}
