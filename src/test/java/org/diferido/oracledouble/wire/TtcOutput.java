package org.diferido.oracledouble.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes what the server says. */
public final class TtcOutput {

  private static final int LONGEST_SHORT_FORM = 252;
  private static final int CHUNK = 32767;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

  public byte[] toBytes() {
    return bytes.toByteArray();
  }

  public TtcOutput u8(int value) {
    bytes.write(value);
    return this;
  }

  public TtcOutput u16(int value) {
    return u8(value >> 8).u8(value);
  }

  public TtcOutput u16LittleEndian(int value) {
    return u8(value).u8(value >> 8);
  }

  public TtcOutput u32(long value) {
    return u16((int) (value >> 16)).u16((int) value);
  }

  public TtcOutput raw(byte[] value) {
    bytes.writeBytes(value);
    return this;
  }

  public TtcOutput raw(TtcOutput other) {
    return raw(other.toBytes());
  }

  /** A length byte and that many bytes; 0 is the length 0. */
  public TtcOutput ub(long value) {
    int length = lengthOf(value);
    return u8(length).bigEndian(value, length);
  }

  /** The same for numbers below zero, too: bit 7 of the length is the minus. */
  public TtcOutput sb(long value) {
    if (value >= 0) {
      return ub(value);
    }
    int length = lengthOf(-value);
    return u8(length | 0x80).bigEndian(-value, length);
  }

  public TtcOutput zeros(int count) {
    for (int at = 0; at < count; at++) {
      u8(0);
    }
    return this;
  }

  private static int lengthOf(long value) {
    return (Long.SIZE - Long.numberOfLeadingZeros(value) + 7) / 8;
  }

  private TtcOutput bigEndian(long value, int length) {
    for (int at = length - 1; at >= 0; at--) {
      u8((int) (value >>> (8 * at)));
    }
    return this;
  }

  /** Bytes with their length in front, in chunks when they are many; null and none are the same. */
  public TtcOutput clr(byte[] value) {
    if (value == null || value.length == 0) {
      return u8(0);
    }
    if (value.length <= LONGEST_SHORT_FORM) {
      return u8(value.length).raw(value);
    }
    u8(0xFE);
    for (int at = 0; at < value.length; at += CHUNK) {
      byte[] chunk = Arrays.copyOfRange(value, at, Math.min(value.length, at + CHUNK));
      ub(chunk.length).raw(chunk);
    }
    return u8(0);
  }

  public TtcOutput clr(String value) {
    return clr(utf8(value));
  }

  /** The length, and a CLR when that is not 0. */
  public TtcOutput dalc(byte[] value) {
    return value == null || value.length == 0 ? ub(0) : ub(value.length).clr(value);
  }

  public TtcOutput dalc(String value) {
    return dalc(utf8(value));
  }

  public TtcOutput pair(String key, String value, int flag) {
    return dalc(key).dalc(value).ub(flag);
  }

  private static byte[] utf8(String value) {
    return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
  }
}
