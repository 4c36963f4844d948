package org.diferido.oracledouble.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a client says as one stream, whatever packets it came in. */
public final class TtcInput {

  private static final int LONG_FORM = 0xFE;
  private static final int NULL_FORM = 0xFF;

  private final Source source;
  private byte[] packet = new byte[0];
  private int position;

  /** Gives the payload of the next DATA packet; null when there will be none. */
  @FunctionalInterface
  public interface Source {
    byte[] next() throws IOException;
  }

  public TtcInput(Source source) {
    this.source = source;
  }

  public boolean atPacketEnd() {
    return position >= packet.length;
  }

  /** What is left of the packet, which is then done with. */
  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(packet, position, packet.length);
    position = packet.length;
    return rest;
  }

  public int u8() throws IOException {
    fill();
    return packet[position++] & 0xFF;
  }

  private void fill() throws IOException {
    while (position >= packet.length) {
      byte[] next = source.next();
      if (next == null) {
        throw new EOFException();
      }
      packet = next;
      position = 0;
    }
  }

  public int peek() throws IOException {
    fill();
    return packet[position] & 0xFF;
  }

  /** A pointer: whether a field follows later in the message. */
  public boolean flag() throws IOException {
    return u8() != 0;
  }

  public int u16() throws IOException {
    return u8() << 8 | u8();
  }

  public int u16LittleEndian() throws IOException {
    return u8() | u8() << 8;
  }

  public byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int at = 0; at < count; ) {
      fill();
      int some = Math.min(count - at, packet.length - position);
      System.arraycopy(packet, position, bytes, at, some);
      position += some;
      at += some;
    }
    return bytes;
  }

  public void skipBytes(int count) throws IOException {
    for (int at = 0; at < count; at++) {
      u8();
    }
  }

  /** A number of variable length; bit 7 of the length is a minus. */
  public long ub() throws IOException {
    int head = u8();
    int length = head & 0x7F;
    if (length > 8) {
      throw new ProtocolException("a number of " + length + " bytes at " + position);
    }
    long value = 0;
    for (int at = 0; at < length; at++) {
      value = value << 8 | u8();
    }
    return (head & 0x80) != 0 ? -value : value;
  }

  public int ubInt() throws IOException {
    return (int) ub();
  }

  public void skipUb(int count) throws IOException {
    for (int at = 0; at < count; at++) {
      ub();
    }
  }

  /** Bytes with their length in front; null for none. */
  public byte[] clr() throws IOException {
    int head = u8();
    if (head == 0 || head == NULL_FORM) {
      return null;
    }
    if (head != LONG_FORM) {
      return bytes(head);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int chunk = ubInt(); chunk != 0; chunk = ubInt()) {
      all.writeBytes(bytes(chunk));
    }
    return all.toByteArray();
  }

  /** A CLR that is there only when the number before it is not 0. */
  public byte[] dalc() throws IOException {
    return ub() == 0 ? null : clr();
  }

  public String dalcText() throws IOException {
    byte[] bytes = dalc();
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
