package org.diferido.oracledouble.wire;

import java.io.IOException;
import org.diferido.oracledouble.value.OraException;

/**
 * A physical ROWID: as text 18 characters of base 64 for object, file, block and row; on the wire
 * those numbers.
 */
public final class RowidCodec {

  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int LENGTH = 18;
  private static final int SIZE = 14;

  private RowidCodec() {}

  public static void write(TtcOutput out, String rowid) {
    if (rowid == null) {
      out.u8(0);
      return;
    }
    if (rowid.length() != LENGTH) {
      throw new OraException(1410, "invalid ROWID");
    }
    out.u8(SIZE).ub(number(rowid, 0, 6)).ub(number(rowid, 6, 9)).u8(0);
    out.ub(number(rowid, 9, 15)).ub(number(rowid, 15, LENGTH));
  }

  private static long number(String rowid, int from, int to) {
    long number = 0;
    for (int at = from; at < to; at++) {
      int digit = DIGITS.indexOf(rowid.charAt(at));
      if (digit < 0) {
        throw new OraException(1410, "invalid ROWID");
      }
      number = number << 6 | digit;
    }
    return number;
  }

  /** Null for null. */
  public static String read(TtcInput in) throws IOException {
    if (!in.flag()) {
      return null;
    }
    StringBuilder rowid = new StringBuilder();
    append(rowid, in.ub(), 6);
    append(rowid, in.ub(), 3);
    in.u8();
    append(rowid, in.ub(), 6);
    append(rowid, in.ub(), 3);
    return rowid.toString();
  }

  private static void append(StringBuilder rowid, long number, int digits) {
    for (int at = digits - 1; at >= 0; at--) {
      rowid.append(DIGITS.charAt((int) (number >> (6 * at)) & 63));
    }
  }
}
