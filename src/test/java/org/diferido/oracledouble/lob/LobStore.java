package org.diferido.oracledouble.lob;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.wire.OracleType;

/** The large values of one session, behind the locators that the client gets for them. */
public final class LobStore {

  static final int LOCATOR_LENGTH = 40;
  private static final int ID = 12;
  private static final int KIND = 4;
  private static final int BLOB_KIND = 1;
  private static final int CLOB_KIND = 2;
  private static final int UTF_16 = 0x80;

  private static final byte TEMPORARY = 1;

  private final Map<Integer, LobValue> values = new ConcurrentHashMap<>();
  private int last;

  /** Keeps a String or bytes and gives the locator. */
  public byte[] keep(Object value) {
    return value instanceof byte[] bytes
        ? keep(OracleType.BLOB, new LobValue(bytes))
        : keep(OracleType.CLOB, new LobValue(value.toString().getBytes(StandardCharsets.UTF_16BE)));
  }

  byte[] keep(int type, LobValue value) {
    values.put(++last, value);
    boolean clob = type == OracleType.CLOB;
    ByteBuffer locator = ByteBuffer.allocate(LOCATOR_LENGTH);
    // In byte 3 a 4 would say that the locator carries the value itself; 8 is "initialised".
    return locator
        .put(1, (byte) (LOCATOR_LENGTH - 2))
        .put(3, (byte) 1)
        .put(KIND, (byte) (clob ? CLOB_KIND : BLOB_KIND))
        .put(5, (byte) 8)
        .put(6, (byte) (clob ? UTF_16 : 0))
        .put(7, TEMPORARY)
        .putInt(ID, last)
        .array();
  }

  /** What is behind a locator: a String or bytes. */
  public Object read(byte[] locator, int type) {
    byte[] bytes = find(locator).bytes();
    return type == OracleType.CLOB ? new String(bytes, StandardCharsets.UTF_16BE) : bytes;
  }

  LobValue find(byte[] locator) {
    LobValue value = values.get(id(locator));
    if (value == null) {
      throw new OraException(22275, "invalid LOB locator specified");
    }
    return value;
  }

  /** How many there are; others than the session may ask. */
  public int size() {
    return values.size();
  }

  void free(byte[] locator) {
    values.remove(id(locator));
  }

  /** How many bytes a character, or a byte, has on the wire. */
  static int unit(byte[] locator) {
    return locator[KIND] == BLOB_KIND ? 1 : 2;
  }

  private static int id(byte[] locator) {
    return locator.length < LOCATOR_LENGTH ? 0 : ByteBuffer.wrap(locator).getInt(ID);
  }
}
