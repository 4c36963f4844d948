package org.diferido.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.result.format.ExactNumbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValuesTest {

  private static final Duration FETCH = Duration.ofMillis(17);

  @ParameterizedTest
  @CsvSource({
    "12500.00, 12500",
    "12500, 12500",
    "1.25E+4, 12500",
    "0.10, 0.1",
    "0.00, 0",
    "0E+10, 0",
    "-0.0, 0",
    "-1.50, -1.5",
    "12345678901234567890123456789012345678.12345, 12345678901234567890123456789012345678.12345",
    "1E-7, 1E-7",
    "1E+400, 1E+400",
    "1E+999999999, 1E+999999999",
    "1E-999999999, 1E-999999999",
    "0E+999999999, 0",
  })
  void aNumberIsExactAndHasNoTrailingZeros(BigDecimal number, String text) {
    assertThat(JsonValues.toJson(number)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100e2147483647", "1000e2147483640"})
  void aNumberAtTheEndOfAllNumbersDoesNotBreakIt(String number) {
    BigDecimal extreme = new BigDecimal(number);

    assertThat(ExactNumbers.exact(extreme)).isEqualByComparingTo(extreme);
  }

  @Test
  void anIntegerOrALongIsANumberAndATruthATruth() {
    assertThat(JsonValues.toJson(7)).hasToString("7");
    assertThat(JsonValues.toJson(Long.MIN_VALUE)).hasToString("-9223372036854775808");
    assertThat(JsonValues.toJson(true)).isEqualTo(JsonValue.TRUE);
    assertThat(JsonValues.toJson(false)).isEqualTo(JsonValue.FALSE);
    assertThat(JsonValues.toJson(null)).isEqualTo(JsonValue.NULL);
  }

  @Test
  void aDoubleIsRefusedRatherThanRounded() {
    assertThatThrownBy(() -> JsonValues.toJson(0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Double");
  }

  @Test
  void rowsAreObjectsUnderTheirColumns() {
    Rows rows =
        new Rows(
            List.of("ID", "NOMBRE"),
            List.of(Arrays.asList(new BigDecimal("1.0"), "Ñuble"), Arrays.asList(null, null)),
            2);

    assertThat(JsonValues.toJson(rows))
        .hasToString(
            ("{'columns':['ID','NOMBRE'],'rows':[{'ID':1,'NOMBRE':'Ñuble'},"
                    + "{'ID':null,'NOMBRE':null}],'row_count':2}")
                .replace('\'', '"'));
  }

  @Test
  void rowsThatAreNotAllThereSaySo() {
    Rows rows = new Rows(List.of("N"), List.of(List.of(BigDecimal.ONE)), 5_000_000_000L);

    JsonObject json = JsonValues.toJson(rows).asJsonObject();
    assertThat(json.getJsonNumber("row_count").longValueExact()).isEqualTo(5_000_000_000L);
    assertThat(json.getBoolean("truncated")).isTrue();
  }

  @Property(tries = 300)
  void aValueComesBackAsItWas(@ForAll("values") Object value) {
    JsonValue json = parsed(JsonValues.toJson(value).toString());

    assertThat(JsonValues.toJson(JsonValues.fromJson(json))).isEqualTo(json);
    assertThat(JsonValues.fromJson(json)).isEqualTo(exact(value));
  }

  @Property(tries = 300)
  void aNumberKeepsItsValue(@ForAll("numbers") BigDecimal number) {
    BigDecimal exact = ExactNumbers.exact(number);

    assertThat(exact).isEqualByComparingTo(number);
    assertThat(new BigDecimal(JsonValues.toJson(number).toString())).isEqualTo(exact);
    if (exact.scale() > 0) {
      assertThat(exact.unscaledValue().mod(BigInteger.TEN)).isNotEqualTo(BigInteger.ZERO);
    }
  }

  @Property(tries = 300)
  void asTextTheNumbersAreTheSameAndNoneIsLeft(@ForAll("values") Object value) {
    JsonValue json = JsonValues.toJson(value);
    JsonValue texts = JsonValues.numbersAsText(json);

    assertThat(numbers(texts)).isZero();
    assertThat(JsonValues.numbersAsText(texts)).isEqualTo(texts);
  }

  @ParameterizedTest
  @CsvSource({"12500, 12500", "1E+30, 1000000000000000000000000000000", "1E-7, 0.0000001"})
  void asTextANumberHasNoExponent(BigDecimal number, String text) {
    assertThat(JsonValues.numbersAsText(JsonValues.toJson(number))).hasToString('"' + text + '"');
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E+999999999", "1E-999999999"})
  void asTextANumberWithoutMeasureKeepsItsExponent(String number) {
    assertThat(JsonValues.numbersAsText(JsonValues.toJson(new BigDecimal(number))))
        .hasToString('"' + number + '"');
  }

  @Property(tries = 300)
  void aResultComesBackInItsOrder(@ForAll("results") Map<String, Object> values) {
    ProcedureResult result = new ProcedureResult(values, FETCH);
    JsonObject json = parsed(ResultJson.kept(result).toString()).asJsonObject();
    ProcedureResult read = ResultJson.read(json, FETCH);

    assertThat(read.values().keySet()).containsExactlyElementsOf(values.keySet());
    assertThat(ResultJson.kept(read)).isEqualTo(json);
    assertThat(read.fetchTime()).isEqualTo(FETCH);
  }

  @Test
  void rowsComeBackAsRows() {
    Rows rows =
        new Rows(
            List.of("A", "B"),
            List.of(Arrays.asList("x", null), Arrays.asList(BigDecimal.ONE, true)),
            9);
    ProcedureResult result = new ProcedureResult(Map.of("c", rows), FETCH);

    assertThat(ResultJson.read(ResultJson.kept(result), FETCH)).isEqualTo(result);
  }

  @Provide
  Arbitrary<BigDecimal> numbers() {
    return Combinators.combine(Arbitraries.bigIntegers(), Arbitraries.integers().between(-60, 200))
        .as(BigDecimal::new);
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<Object> leaves =
        Arbitraries.oneOf(
            texts().map(text -> (Object) text),
            numbers().map(number -> (Object) number),
            Arbitraries.of(true, false).map(truth -> (Object) truth));
    return Arbitraries.recursive(
        () -> leaves,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(list -> (Object) list),
                Arbitraries.maps(texts(), inner).ofMaxSize(3).map(map -> (Object) map)),
        0,
        3);
  }

  @Provide
  Arbitrary<Map<String, Object>> results() {
    return Arbitraries.maps(texts(), values()).ofMaxSize(5).map(LinkedHashMap::new);
  }

  /** Without halves of surrogate pairs, which are no text. */
  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\u0000', '\u00ff')
        .withCharRange('\u2000', '\u2fff')
        .withChars('"', '\\', '\ufeff')
        .ofMaxLength(8);
  }

  private static Object exact(Object value) {
    if (value instanceof BigDecimal number) {
      return new BigDecimal(ExactNumbers.exact(number).toString());
    } else if (value instanceof List<?> list) {
      return list.stream().map(JsonValuesTest::exact).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, each) -> copy.put(key, exact(each)));
      return copy;
    }
    return value;
  }

  private static long numbers(JsonValue value) {
    return switch (value.getValueType()) {
      case NUMBER -> 1;
      case ARRAY -> value.asJsonArray().stream().mapToLong(JsonValuesTest::numbers).sum();
      case OBJECT ->
          value.asJsonObject().values().stream().mapToLong(JsonValuesTest::numbers).sum();
      default -> 0;
    };
  }

  private static JsonValue parsed(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readValue();
    }
  }
}
