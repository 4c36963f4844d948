package org.diferido.oracledouble.wire;

/** A packet of Oracle Net without its header. */
public record Packet(int type, byte[] body) {
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

  boolean isEndOfFile() {
    return type == GONE || type == DATA && body.length == 2 && (body[1] & END_OF_FILE) != 0;
  }

  boolean isReset() {
    return type == MARKER && body[2] == RESET;
  }
}
