package org.diferido.oracledouble.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** NUMBER: an exponent byte and up to 20 digits of base 100; below zero both are complemented. */
public final class NumberCodec {

  private static final int MOST_DIGITS = 20;
  private static final int BIAS = 64;
  private static final int ZERO = 0x80;
  private static final int END_OF_NEGATIVE = 102;
  private static final MathContext ORACLE = new MathContext(40, RoundingMode.HALF_UP);

  private NumberCodec() {}

  public static byte[] encode(BigDecimal value) {
    if (value.signum() == 0) {
      return new byte[] {(byte) ZERO};
    }
    BigDecimal plain = value.round(ORACLE).stripTrailingZeros();
    boolean negative = plain.signum() < 0;
    BigInteger unscaled = plain.unscaledValue().abs();
    int scale = plain.scale();
    if ((scale & 1) != 0) {
      unscaled = unscaled.multiply(BigInteger.TEN);
      scale++;
    }
    String digits = unscaled.toString();
    digits = (digits.length() & 1) == 0 ? digits : "0" + digits;
    int exponent = digits.length() / 2 - scale / 2;
    while (digits.length() > 2 && digits.endsWith("00")) {
      digits = digits.substring(0, digits.length() - 2);
    }
    return bytes(digits, exponent, negative);
  }

  private static byte[] bytes(String digits, int exponent, boolean negative) {
    if (exponent < -BIAS || exponent >= BIAS) {
      throw new ArithmeticException("no NUMBER: 100^" + exponent);
    }
    int pairs = Math.min(digits.length() / 2, MOST_DIGITS);
    boolean marked = negative && pairs < MOST_DIGITS;
    byte[] bytes = new byte[1 + pairs + (marked ? 1 : 0)];
    int first = ZERO | (exponent + BIAS);
    bytes[0] = (byte) (negative ? ~first : first);
    for (int at = 0; at < pairs; at++) {
      int digit = Integer.parseInt(digits.substring(2 * at, 2 * at + 2));
      bytes[1 + at] = (byte) (negative ? 101 - digit : digit + 1);
    }
    if (marked) {
      bytes[bytes.length - 1] = END_OF_NEGATIVE;
    }
    return bytes;
  }

  public static BigDecimal decode(byte[] bytes) {
    int first = bytes[0] & 0xFF;
    if (bytes.length == 1 && first == ZERO) {
      return BigDecimal.ZERO;
    }
    boolean negative = (first & 0x80) == 0;
    int exponent = ((negative ? ~first : first) & 0x7F) - BIAS;
    int end = bytes.length;
    if (negative && bytes[end - 1] == END_OF_NEGATIVE) {
      end--;
    }
    BigInteger unscaled = BigInteger.ZERO;
    for (int at = 1; at < end; at++) {
      int digit = negative ? 101 - (bytes[at] & 0xFF) : (bytes[at] & 0xFF) - 1;
      unscaled = unscaled.multiply(BigInteger.valueOf(100)).add(BigInteger.valueOf(digit));
    }
    BigDecimal value = new BigDecimal(unscaled, 2 * (end - 1 - exponent)).stripTrailingZeros();
    value = value.scale() < 0 ? value.setScale(0) : value;
    return negative ? value.negate() : value;
  }
}
