package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diferido.database.ErrorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every number of the table in docs/oracle.md. */
class OracleErrorsTest {

  private final OracleErrors errors = new OracleErrors();

  static Stream<Arguments> table() {
    return Stream.of(
            rows(
                ErrorKind.CONNECTION_LOST,
                17002,
                3113,
                3114,
                28,
                31,
                603,
                1089,
                1090,
                1092,
                17008,
                17410,
                18730,
                3135,
                1012,
                17800,
                12537,
                12547,
                45,
                41,
                2396,
                2399,
                3137,
                12153,
                12570,
                12571,
                12592,
                17401,
                25402,
                25405,
                25408),
            rows(
                ErrorKind.UNREACHABLE,
                12505,
                12514,
                1033,
                1034,
                16456,
                18714,
                12170,
                12541,
                12518,
                12520,
                12516,
                12519,
                17868,
                12528,
                12526,
                17820,
                17850,
                18,
                20),
            rows(ErrorKind.REFUSED, 1017, 28000, 28001, 1045, 12154, 17067),
            rows(ErrorKind.CANCELLED, 1013),
            rows(
                ErrorKind.DATA,
                6550,
                942,
                904,
                1031,
                6502,
                1843,
                1858,
                1861,
                1722,
                1476,
                1403,
                1422,
                1,
                1400,
                1407,
                2290,
                2291,
                2292,
                12899,
                1438,
                1426,
                1841,
                1847,
                1830,
                6511,
                6530,
                6531,
                6532,
                6533,
                6592,
                6510,
                4043,
                6564,
                2289,
                1401,
                4098,
                2091),
            rows(ErrorKind.CONFLICT, 4068, 4061, 4065, 60, 8177, 54, 30006, 4021, 1555, 4020, 2049),
            rows(
                ErrorKind.SERVER,
                600,
                7445,
                4031,
                1652,
                1536,
                1653,
                1654,
                257,
                30036,
                4030,
                0,
                99999,
                17001))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> rows(ErrorKind kind, int... numbers) {
    return IntStream.of(numbers).mapToObj(number -> Arguments.of(number, kind));
  }

  @ParameterizedTest
  @MethodSource("table")
  void aNumberTellsTheKind(int number, ErrorKind kind) {
    assertThat(errors.kind(error(number, "x"))).isEqualTo(kind);
    SQLException wrapped = new SQLException("of the pool", null, 0, error(number, "x"));
    assertThat(errors.kind(wrapped)).isEqualTo(kind);
  }

  @Test
  void allThatProceduresMayRaiseIsRaised() {
    assertThat(IntStream.rangeClosed(20000, 20999))
        .allSatisfy(
            number -> assertThat(errors.kind(error(number, "x"))).isEqualTo(ErrorKind.RAISED));
    assertThat(errors.kind(error(19999, "x"))).isEqualTo(ErrorKind.SERVER);
    assertThat(errors.kind(error(21000, "x"))).isEqualTo(ErrorKind.SERVER);
  }

  @Test
  void theClassOfTheExceptionDoesNotDecide() {
    SQLException recoverable = new SQLRecoverableException("ORA-20001: mine", "08003", 20001);
    assertThat(errors.kind(recoverable)).isEqualTo(ErrorKind.RAISED);
  }

  @ParameterizedTest
  @ValueSource(ints = {4061, 4065, 4068, 6550})
  void aStaleSignatureIsKnown(int number) {
    assertThat(errors.isSignatureStale(error(number, "x"))).isTrue();
  }

  @Test
  void anOrdinaryErrorLeavesTheSignatures() {
    assertThat(errors.isSignatureStale(error(20001, "x"))).isFalse();
    assertThat(errors.isSignatureStale(error(1403, "x"))).isFalse();
  }

  @Test
  void theCodeHasFiveDigits() {
    assertThat(errors.code(error(1, "x"))).isEqualTo("ORA-00001");
    assertThat(errors.code(error(20001, "x"))).isEqualTo("ORA-20001");
  }

  @Test
  void theStackAndTheAdviceStayOutOfTheText() {
    String message =
        """
        ORA-20001: la cuenta
        no cuadra
        ORA-06512: at "APP.PKG_CIERRE", line 120
        ORA-06512: at line 1

        https://docs.oracle.com/error-help/db/ora-20001/""";
    assertThat(errors.text(error(20001, message))).isEqualTo("ORA-20001: la cuenta\nno cuadra");
  }

  @Test
  void theAdviceAloneIsTakenOffToo() {
    String message = "ORA-01403: no data found\n\nhttps://docs.oracle.com/error-help/db/ora-01403/";
    assertThat(errors.text(error(1403, message))).isEqualTo("ORA-01403: no data found");
  }

  @Test
  void withoutATextThereIsTheCode() {
    assertThat(errors.text(error(3113, null))).isEqualTo("ORA-03113");
  }

  private static SQLException error(int number, String text) {
    return new SQLException(text, "72000", number);
  }
}
