package org.diferido.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SqlErrorsTest {

  @Test
  void theStackOfTheDatabaseIsNotPartOfTheText() {
    SQLException error =
        new SQLException(
            "ORA-20001: saldo insuficiente\nORA-06512: at \"APP.P\", line 3\nORA-06512: at line 1",
            "72000",
            20001);
    assertThat(SqlErrors.text(error)).isEqualTo("ORA-20001: saldo insuficiente");
    assertThat(SqlErrors.code(error)).isEqualTo("ORA-20001");
  }

  @Test
  void aTextOfSeveralLinesKeepsThem() {
    assertThat(SqlErrors.text(new SQLException("ORA-20001: uno\ndos", "72000")))
        .isEqualTo("ORA-20001: uno\ndos");
  }

  @Test
  void namesOfJavaClassesAreLeftOut() {
    SQLException error =
        new SQLException(
            "invalid datetime: java.time.format.DateTimeParseException: Text 'x' is none", "22007");
    assertThat(SqlErrors.text(error)).isEqualTo("invalid datetime: Text 'x' is none");
  }

  @Test
  void anErrorWithoutATextIsToldByItsCode() {
    assertThat(SqlErrors.text(new SQLException(null, "HY000"))).isEqualTo("SQLSTATE-HY000");
    assertThat(SqlErrors.code(new SQLException())).isEqualTo("SQLSTATE-");
  }

  @Test
  void onlyTheTwentyThousandsAreErrorsOfTheUser() {
    assertThat(SqlErrors.isUserError("ORA-20000")).isTrue();
    assertThat(SqlErrors.isUserError("ORA-20999")).isTrue();
    assertThat(SqlErrors.isUserError("ORA-21000")).isFalse();
    assertThat(SqlErrors.isUserError("ORA-01013")).isFalse();
    assertThat(SqlErrors.isUserError("SQLSTATE-20001")).isFalse();
  }

  @Test
  void theRootIsTheLastSqlExceptionOfTheChain() {
    SQLException root = new SQLException("root", "72000");
    SQLException outer = new SQLException("outer", "46000", new RuntimeException(root));
    assertThat((Throwable) SqlErrors.innermost(outer)).isSameAs(root);
    SQLException alone = new SQLException("alone", "46000", new IllegalStateException("boo"));
    assertThat((Throwable) SqlErrors.innermost(alone)).isSameAs(alone);
  }

  @Test
  void aChainThatBitesItsTailEnds() {
    SQLException one = new SQLException("one", "22000");
    SQLException two = new SQLException("two", "22000", one);
    one.initCause(two);
    assertThat(SqlErrors.isConnectionException(one)).isFalse();
    assertThat((Throwable) SqlErrors.innermost(one)).isNotNull();
  }

  @Test
  void aLostConnectionIsSeenAnywhereInTheChain() {
    SQLException lost = new SQLException("gone", "08006");
    assertThat(SqlErrors.isConnectionException(new SQLException("x", "99999", lost))).isTrue();
    assertThat(SqlErrors.isConnectionException(new SQLException("x", "22001"))).isFalse();
  }
}
