package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

  @Test
  void readsAnObject() {
    JsonValue read = read(" {\"name\": \"AÑO\\u00d1\", \"value\": 1.50} ");

    assertThat(read.asJsonObject().getString("name")).isEqualTo("AÑOÑ");
    assertThat(read.asJsonObject().getJsonNumber("value").bigDecimalValue())
        .isEqualTo(new BigDecimal("1.50"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "[]", "\"text\"", "12", "-0.5e-3"})
  void readsAnyJsonValue(String body) {
    assertThat(read(body)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":}|1:6",
        "{\"a\":1,}|1:8",
        "[1,]|1:4",
        "{'a':1}|1:2",
        "{\"a\":01}|1:7",
        "{\"a\":NaN}|1:6",
        "/* comment */ {}|1:1",
      })
  void brokenJsonIsToldWithItsPlace(String body, String place) {
    Failure failure = refused(body);

    assertThat(failure.code()).isEqualTo(FailureCode.MALFORMED_JSON);
    assertThat(failure.arguments()).containsExactly(place);
  }

  @Test
  void thePlaceHasTheLine() {
    assertThat(refused("{\n  \"a\": ?\n}").arguments().get(0)).startsWith("2:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t", "{", "[1", "\"a", "{\"a\"", "tru", "\uFEFF{}"})
  void whatIsNotWholeIsMalformed(String body) {
    assertThat(refused(body).code()).isEqualTo(FailureCode.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "{}x", "{},", "{}]", "1 2", "\"a\" b", "{}\u0000"})
  void nothingMayFollowTheValue(String body) {
    assertThat(refused(body).code()).isEqualTo(FailureCode.MALFORMED_JSON);
  }

  @Test
  void bytesThatAreNotUtf8AreMalformed() {
    byte[] latin = "{\"a\":\"ñ\"}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16);

    for (byte[] body : new byte[][] {latin, utf16}) {
      FailureException thrown = thrown(new ByteArrayInputStream(body));
      assertThat(thrown.failure().code()).isEqualTo(FailureCode.MALFORMED_JSON);
      assertThat(thrown.failure().arguments()).containsExactly("UTF-8");
    }
  }

  @Test
  void aBodyOfTheMostBytesIsRead() {
    byte[] body = new byte[RequestBody.MOST_BYTES];
    Arrays.fill(body, (byte) ' ');
    body[0] = '1';

    assertThat(JsonBody.read(new ByteArrayInputStream(body), "ana")).hasToString("1");
  }

  @Test
  void aBodyOfOneByteMoreIsTooLargeAndItsRestIsNotRead() {
    Endless endless = new Endless();

    Failure failure = thrown(endless).failure();
    assertThat(failure.code()).isEqualTo(FailureCode.BODY_TOO_LARGE);
    assertThat(failure.arguments()).containsExactly("8388608");
    assertThat(endless.served)
        .isBetween(RequestBody.MOST_BYTES + 1L, RequestBody.MOST_BYTES + 64 * 1024L);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"a\":[1,\"\\ud800\"]}', /a/1",
    "'{\"a\":{\"b\":\"x\\udc00y\"}}', /a/b",
    "'{\"a\":{\"\\ud800\":1}}', /a",
    "'\"\\ud83d\"', ''"
  })
  void halfACharacterIsRefusedByItsPlace(String body, String place) {
    Failure failure = refused(body);
    assertThat(failure.code()).isEqualTo(FailureCode.MALFORMED_JSON);
    assertThat(failure.arguments().get(0)).startsWith(place + " (");
  }

  @Test
  void aWholeOneIsNot() {
    byte[] body = "[\"\\ud83d\\ude00\"]".getBytes(StandardCharsets.UTF_8);
    assertThat(JsonBody.read(new ByteArrayInputStream(body), "ana").asJsonArray().getString(0))
        .isEqualTo("\uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void aHundredThousandLevelsAreMalformedAndNoStackOverflows(String level) {
    assertThat(refused(level.repeat(100_000)).code()).isEqualTo(FailureCode.MALFORMED_JSON);
  }

  @Test
  void whatIsClosedAgainMayStillBeTooDeep() {
    assertThat(refused("[".repeat(100_000) + "]".repeat(100_000)).code())
        .isEqualTo(FailureCode.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_101, 100_000, 8_000_000})
  void aNumberOfTooManyDigitsIsMalformed(int digits) {
    assertThat(refused("[" + "1".repeat(digits) + "]").code())
        .isEqualTo(FailureCode.MALFORMED_JSON);
    assertThat(refused("[0." + "1".repeat(digits) + "]").code())
        .isEqualTo(FailureCode.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e2147483647", "1e-2147483647", "0e999999999"})
  void aHugeExponentIsReadWithoutItsDigits(String number) {
    assertThat(read("[" + number + "]").asJsonArray().getJsonNumber(0).bigDecimalValue())
        .isEqualTo(new BigDecimal(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e2147483648", "1e-2147483648", "1e99999999999"})
  void anExponentBeyondAllNumbersIsMalformed(String number) {
    assertThat(refused("[" + number + "]").code()).isEqualTo(FailureCode.MALFORMED_JSON);
  }

  @Test
  void ofMembersOfTheSameNameTheLastCounts() {
    assertThat(read("{\"a\":1,\"a\":2}")).hasToString("{\"a\":2}");
  }

  @Test
  void aBodyThatBreaksOffIsNotTakenForMalformedJson() {
    assertThat(thrown(new Broken()).failure().code()).isEqualTo(FailureCode.MALFORMED_HTTP);
  }

  private static JsonValue read(String body) {
    return JsonBody.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), "ana");
  }

  private static Failure refused(String body) {
    return thrown(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))).failure();
  }

  private static FailureException thrown(InputStream body) {
    return catchThrowableOfType(FailureException.class, () -> JsonBody.read(body, "ana"));
  }

  /** Blanks without an end. */
  private static final class Endless extends InputStream {

    private long served;

    @Override
    public int read() {
      served++;
      return ' ';
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      Arrays.fill(bytes, from, from + length, (byte) ' ');
      served += length;
      return length;
    }
  }

  /** A connection that is gone. */
  private static final class Broken extends InputStream {

    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return read();
    }
  }
}
