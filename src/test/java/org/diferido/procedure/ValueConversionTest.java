package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import net.jqwik.time.api.constraints.DateTimeRange;
import org.diferido.failure.Message;
import org.diferido.procedure.Parameter.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueConversionTest {

  // Numbers

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "-1",
        "+1",
        "1.5",
        ".5",
        "1.",
        "1e3",
        "1E-3",
        "007",
        "1e125",
        "1e-130",
        "99999999999999999999999999999999999999.9999999999"
      })
  void aNumberMayBeANumberOrATextAndIsExact(String text) throws Exception {
    assertThat((BigDecimal) convert(text, "NUMBER")).isEqualByComparingTo(new BigDecimal(text));
    assertThat((BigDecimal) convert(new BigDecimal(text), "NUMBER"))
        .isEqualByComparingTo(new BigDecimal(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "uno",
        "1,5",
        "1 000",
        " 1",
        "1 ",
        "0x10",
        "NaN",
        "Infinity",
        "1e",
        "--1",
        "1.2.3",
        "1e99999",
        "١",
        "1_000"
      })
  void whatIsNoNumberIsNotGuessed(String text) {
    assertThat(refusal(text, "NUMBER")).isEqualTo(Message.of("value.number"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e126", "-1e400", "1e-132", "1e9999"})
  void whatNoDatabaseHoldsIsOutOfRange(String text) {
    assertThat(refusal(text, "NUMBER")).isEqualTo(Message.of("value.out_of_range"));
    assertThat(refusal(new BigDecimal(text), "NUMBER")).isEqualTo(Message.of("value.out_of_range"));
  }

  @Test
  void aHugeExponentIsRefusedBeforeItIsWrittenOut() {
    BigDecimal huge = new BigDecimal("1e2147483647");
    assertThat(refusal(huge, "NUMBER")).isEqualTo(Message.of("value.out_of_range"));
    assertThat(refusal(huge, "INTEGER")).isEqualTo(Message.of("value.out_of_range"));
    assertThat(refusal(huge, "VARCHAR(10)")).isEqualTo(Message.of("value.out_of_range"));
  }

  @Test
  void aNumberWithTooManyDigitsBeforeThePointIsRefused() throws Exception {
    String most = "9".repeat(28);
    assertThat(convert(most, "DECIMAL")).isEqualTo(new BigDecimal(most));
    assertThat(refusal("1" + most, "DECIMAL")).isEqualTo(Message.of("value.too_large", 28));
    assertThat(convert("0.00001", "DECIMAL")).isEqualTo(new BigDecimal("0.00001"));
  }

  @Test
  void anIntegerHasNoFraction() throws Exception {
    assertThat((BigDecimal) convert("5.0", "INTEGER")).isEqualByComparingTo("5");
    assertThat(refusal("5.5", "INTEGER")).isEqualTo(Message.of("value.integer"));
    assertThat(refusal(true, "INTEGER")).isEqualTo(Message.of("value.number"));
  }

  @Property
  void everyDecimalOf38DigitsGoesThroughUnchanged(
      @ForAll
          @BigRange(min = "-9999999999999999999999999999", max = "9999999999999999999999999999")
          @Scale(10)
          BigDecimal number)
      throws Exception {
    assertThat(convert(number, "DECIMAL")).isEqualTo(number);
    assertThat(convert(number.toPlainString(), "DECIMAL")).isEqualTo(number);
    assertThat(convert(number.toString(), "DECIMAL")).isEqualTo(number);
  }

  // Texts

  @Test
  void aTextIsTakenAsItIs() throws Exception {
    assertThat(convert(" ñandú €😀 ", "VARCHAR(11)")).isEqualTo(" ñandú €😀 ");
    assertThat(convert("", "VARCHAR(10)")).isEqualTo("");
    assertThat(convert(new BigDecimal("1E+3"), "VARCHAR(10)")).isEqualTo("1000");
  }

  @Test
  void aTextThatIsTooLongIsRefusedWithBothLengths() {
    assertThat(refusal("x".repeat(11), "VARCHAR(10)"))
        .isEqualTo(Message.of("value.too_long", 10, 11));
  }

  @Test
  void whatIsNoTextIsNotMadeOne() {
    assertThat(refusal(true, "VARCHAR(10)")).isEqualTo(Message.of("value.text"));
    assertThat(refusal(List.of(), "CLOB")).isEqualTo(Message.of("value.text"));
    assertThat(refusal(Map.of(), "CLOB")).isEqualTo(Message.of("value.text"));
  }

  // Times

  @ParameterizedTest
  @CsvSource({
    "2 3:4:5.6, P2DT3H4M5.6S",
    "-2 03:04:05, -P2DT3H4M5S",
    "+0 0:0:0.000000001, PT0.000000001S",
    "P2DT3H, P2DT3H",
    "-PT1.5S, -PT1.5S",
    "999999999 23:59:59, P999999999DT23H59M59S"
  })
  void anIntervalOfDaysIsReadAsOracleAndIsoWriteIt(String text, Duration interval)
      throws Exception {
    assertThat(convert(text, "DAY_INTERVAL")).isEqualTo(interval);
  }

  @ParameterizedTest
  @CsvSource({"2-3, P2Y3M", "-2-11, P-2Y-11M", "0-0, P0D", "P14M, P1Y2M", "-P1Y, P-1Y"})
  void anIntervalOfMonthsIsReadAsOracleAndIsoWriteIt(String text, Period interval)
      throws Exception {
    assertThat(convert(text, "MONTH_INTERVAL")).isEqualTo(interval);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2",
        "2-3",
        "2 24:0:0",
        "2 0:60:0",
        "2 0:0:60",
        "2 0:0:0.1234567890",
        "1000000000 0:0:0",
        "P1Y",
        "PT9999999999999999999S",
        "dos días"
      })
  void anythingElseIsNoIntervalOfDays(String text) {
    assertThat(refusal(text, "DAY_INTERVAL")).isEqualTo(Message.of("value.day_interval"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2", "2-12", "P1D", "P1Y1D", "P1W", "1000000000-0", "2 3:4:5", "P9999999999Y"})
  void anythingElseIsNoIntervalOfMonths(String text) {
    assertThat(refusal(text, "MONTH_INTERVAL")).isEqualTo(Message.of("value.month_interval"));
  }

  @Test
  void moreDigitsThanANumberKeepsAreRefused() throws Exception {
    Parameter number =
        new Parameter("P", Direction.IN, ParameterType.NUMBER, "NUMBER", false, 38, 0);
    String most = "-1234567890123456789012345678901234567.8";
    assertThat(ValueConversion.convert(most + "000", number))
        .isEqualTo(new BigDecimal(most + "000"));
    assertThat(ValueConversion.convert("1" + "0".repeat(60), number))
        .isEqualTo(new BigDecimal("1" + "0".repeat(60)));
    assertThat(refusal(most + "1", number)).isEqualTo(Message.of("value.too_many_digits", 38));
  }

  @ParameterizedTest
  @CsvSource({"24, 1e39", "24, -1e-60", "53, 1e309", "53, 1e-400", "0, -1e309"})
  void aBinaryNumberIsNeitherRoundedToNothingNorToInfinity(int digits, BigDecimal value) {
    Parameter binary = new Parameter("P", Direction.IN, ParameterType.FLOAT, "X", false, digits, 0);
    assertThat(refusal(value, binary)).isEqualTo(Message.of("value.out_of_range"));
  }

  @Test
  void anIntervalIsAText() {
    assertThat(refusal(BigDecimal.ONE, "DAY_INTERVAL")).isEqualTo(Message.of("value.day_interval"));
    assertThat(refusal(List.of(), "MONTH_INTERVAL")).isEqualTo(Message.of("value.month_interval"));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-10, 2025-12-10T00:00",
    "10/12/2025, 2025-12-10T00:00",
    "10-12-2025, 2025-12-10T00:00",
    "2025-12-10T14:30, 2025-12-10T14:30",
    "2025-12-10 14:30:15, 2025-12-10T14:30:15",
    "10/12/2025 14:30, 2025-12-10T14:30",
    "2025-12-10T14:30:15.123456789, 2025-12-10T14:30:15.123456789",
    "2024-02-29, 2024-02-29T00:00"
  })
  void aDateMayBeIsoOrDayFirstAndMayHaveATime(String text, LocalDateTime time) throws Exception {
    assertThat(convert(text, "TIMESTAMP")).isEqualTo(time);
    assertThat(convert(text, "DATE")).isEqualTo(time.truncatedTo(ChronoUnit.SECONDS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ayer",
        "2025-02-29",
        "31/04/2025",
        "12/31/2025",
        "2025-13-01",
        "2025-12-10T24:00",
        "2025-12-10T14:60",
        "2025-12-10T14",
        "T14:30",
        "14:30",
        "20251210",
        "10/12/25",
        "2025-1-1",
        "2025-12-10Z",
        "2025-12-10+02:00",
        " 2025-12-10",
        "2025-12-10 ",
        "2025/12/10",
        "2025-12-1010/12/2025",
        "2025-12-1014:30",
        "2025-12-10T 14:30",
        "2025-12-10T14:30:15.",
        "0000-01-01",
        "-0001-01-01",
        "12025-01-01",
        "10/12-2025"
      })
  void whatIsNoDateIsNotGuessed(String text) {
    assertThat(refusal(text, "DATE")).isEqualTo(Message.of("value.date"));
    assertThat(refusal(text, "TIMESTAMP_WITH_ZONE")).isEqualTo(Message.of("value.date"));
  }

  @Test
  void aNumberIsNoDate() {
    assertThat(refusal(new BigDecimal("20251210"), "DATE")).isEqualTo(Message.of("value.date"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-12-10T14:30:00Z", "2025-12-10T14:30+02:00"})
  void aZoneIsRefusedWhereTheParameterHasNone(String text) {
    assertThat(refusal(text, "DATE")).isEqualTo(Message.of("value.zone_unwanted"));
    assertThat(refusal(text, "TIMESTAMP")).isEqualTo(Message.of("value.zone_unwanted"));
  }

  @Test
  void aZoneIsRequiredWhereTheParameterHasOne() throws Exception {
    assertThat(convert("2025-12-10T14:30:00.5-05:30", "TIMESTAMP_WITH_ZONE"))
        .isEqualTo(OffsetDateTime.parse("2025-12-10T14:30:00.5-05:30"));
    assertThat(refusal("2025-12-10T14:30:00", "TIMESTAMP_WITH_ZONE").key())
        .isEqualTo("value.zone_missing");
    assertThat(refusal("2025-12-10", "TIMESTAMP_WITH_ZONE").key()).isEqualTo("value.zone_missing");
  }

  @Property
  void everyTimeComesBackFromItsIsoText(
      @ForAll @DateTimeRange(min = "0001-01-01T00:00:00", max = "9999-12-31T23:59:59")
          LocalDateTime time)
      throws Exception {
    assertThat(convert(time.toString(), "TIMESTAMP")).isEqualTo(time);
  }

  // Others

  @ParameterizedTest
  @CsvSource({"true, true", "false, false", "TRUE, true", "False, false"})
  void aTruthMayBeAText(String text, boolean truth) throws Exception {
    assertThat(convert(text, "BOOLEAN")).isEqualTo(truth);
    assertThat(convert(truth, "BOOLEAN")).isEqualTo(truth);
  }

  @Test
  void onlyTrueAndFalseAreTruths() {
    assertThat(refusal("1", "BOOLEAN")).isEqualTo(Message.of("value.boolean"));
    assertThat(refusal("sí", "BOOLEAN")).isEqualTo(Message.of("value.boolean"));
    assertThat(refusal(BigDecimal.ONE, "BOOLEAN")).isEqualTo(Message.of("value.boolean"));
  }

  @Property
  void bytesComeBackFromTheirBase64Text(@ForAll @Size(max = 100) byte[] bytes) throws Exception {
    String text = Base64.getEncoder().encodeToString(bytes);
    assertThat((byte[]) convert(text, "BINARY(100)")).isEqualTo(bytes);
    assertThat((byte[]) convert(text, "BLOB")).isEqualTo(bytes);
  }

  @Test
  void bytesAreRefusedWhenTheyAreNoneOrTooMany() {
    assertThat(refusal("*", "BLOB")).isEqualTo(Message.of("value.base64"));
    assertThat(refusal(BigDecimal.ONE, "BLOB")).isEqualTo(Message.of("value.base64"));
    assertThat(refusal("AAEC", "BINARY(2)")).isEqualTo(Message.of("value.too_many_bytes", 2, 3));
  }

  @Test
  void aCursorAndWhatNobodyKnowsCannotBeGiven() {
    assertThat(refusal("x", "CURSOR")).isEqualTo(Message.of("value.cursor"));
    assertThat(refusal("x", "XML")).isEqualTo(Message.of("value.unsupported", "XML"));
  }

  @ParameterizedTest
  @EnumSource(ParameterType.class)
  void anObjectIsNoValueOfAnyType(ParameterType type) {
    Parameter parameter =
        new Parameter("P", Parameter.Direction.IN, type, type.name(), false, 0, 0);
    ValueConversion.Refused refused =
        catchThrowableOfType(
            ValueConversion.Refused.class,
            () -> ValueConversion.convert(Map.of("a", "b"), parameter));
    assertThat(refused).isNotNull();
  }

  private static Object convert(Object value, String type) throws ValueConversion.Refused {
    return ValueConversion.convert(value, TestSignatures.parameter("P IN " + type));
  }

  private static Message refusal(Object value, String type) {
    return refusal(value, TestSignatures.parameter("P IN " + type));
  }

  private static Message refusal(Object value, Parameter parameter) {
    ValueConversion.Refused refused =
        catchThrowableOfType(
            ValueConversion.Refused.class, () -> ValueConversion.convert(value, parameter));
    assertThat(refused).as(value + " as " + parameter).isNotNull();
    return refused.why();
  }
}
