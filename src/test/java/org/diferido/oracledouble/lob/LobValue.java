package org.diferido.oracledouble.lob;

import java.util.Arrays;

/** Bytes that can be written at any place. */
final class LobValue {

  private byte[] bytes;
  private int length;

  LobValue(byte[] bytes) {
    this.bytes = bytes;
    this.length = bytes.length;
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  byte[] range(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  void write(int at, byte[] data) {
    int end = at + data.length;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    System.arraycopy(data, 0, bytes, at, data.length);
    length = Math.max(length, end);
  }

  void trim(int to) {
    length = Math.min(length, to);
  }
}
