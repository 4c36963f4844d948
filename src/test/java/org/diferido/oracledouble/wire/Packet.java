package org.diferido.oracledouble.wire;

/** A packet of Oracle Net without its header. */
public final class Packet {

  public static final int CONNECT = 1;
  public static final int ACCEPT = 2;
  public static final int REFUSE = 4;
  public static final int DATA = 6;
  public static final int MARKER = 12;

  /** Not on the wire: the client is gone. */
  static final int GONE = -1;

  static final int BREAK = 1;
  static final int RESET = 2;

  private static final int END_OF_FILE = 0x40;

  private final int type;
  private final byte[] body;

  Packet(int type, byte[] body) {
    this.type = type;
    this.body = body;
  }

  public int type() {
    return type;
  }

  public byte[] body() {
    return body;
  }

  boolean isEndOfFile() {
    boolean empty = type == DATA && body.length == 2;
    return type == GONE || (empty && (body[1] & END_OF_FILE) != 0);
  }

  boolean isReset() {
    return type == MARKER && body[2] == RESET;
  }
}
