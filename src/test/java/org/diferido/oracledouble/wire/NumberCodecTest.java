package org.diferido.oracledouble.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberCodecTest {

  private static final String DIGITS_38 = "99999999999999999999999999999999999999";

  @ParameterizedTest
  @CsvSource({
    "0, 80",
    "1, c102",
    "-1, 3e6466",
    "42.5, c12b33",
    "-42.5, 3e3b3366",
    "100, c202",
    "123, c20218",
    "0.01, c002",
    "0.001, bf0b",
    "-0.001, 405b66"
  })
  void aNumberHasTheBytesThatOracleGivesIt(String number, String bytes) {
    assertThat(HexFormat.of().formatHex(NumberCodec.encode(new BigDecimal(number))))
        .isEqualTo(bytes);
    assertThat(NumberCodec.decode(HexFormat.of().parseHex(bytes))).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DIGITS_38,
        "-" + DIGITS_38,
        "0." + DIGITS_38,
        "-1234567.089",
        "12345678901234567890123456789012345678",
        "1E125",
        "-1E125",
        "1E-130",
        "-1E-130",
        "9.9E125"
      })
  void whatFitsComesBackExactly(String number) {
    byte[] bytes = NumberCodec.encode(new BigDecimal(number));
    assertThat(NumberCodec.decode(bytes)).isEqualByComparingTo(number);
    assertThat(bytes).hasSizeLessThanOrEqualTo(21);
  }

  @Test
  void whatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> NumberCodec.encode(new BigDecimal("1E126")))
        .isInstanceOf(ArithmeticException.class);
  }

  @Property
  void everyNumberOf38DigitsComesBack(
      @ForAll @BigRange(min = "-" + DIGITS_38, max = DIGITS_38) BigInteger unscaled,
      @ForAll @IntRange(min = -80, max = 120) int scale) {
    BigDecimal number = new BigDecimal(unscaled, scale);
    assertThat(NumberCodec.decode(NumberCodec.encode(number))).isEqualByComparingTo(number);
  }

  @Property
  void theBytesSortLikeTheNumbers(@ForAll int one, @ForAll int other) {
    byte[] first = NumberCodec.encode(BigDecimal.valueOf(one));
    byte[] second = NumberCodec.encode(BigDecimal.valueOf(other));
    assertThat(Integer.signum(java.util.Arrays.compareUnsigned(first, second)))
        .isEqualTo(Integer.compare(one, other));
  }
}
