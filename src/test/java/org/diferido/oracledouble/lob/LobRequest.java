package org.diferido.oracledouble.lob;

import java.io.IOException;
import org.diferido.oracledouble.wire.TtcInput;

/** The body of function 96, but for the data of a write. */
final class LobRequest {

  private final byte[] locator;
  private final long operation;
  private final long from;
  private final long kind;
  private final boolean hasAmount;
  private final boolean hasBoolean;

  /** Reads it up to the amount. */
  LobRequest(TtcInput in) throws IOException {
    boolean hasSource = in.flag();
    int sourceLength = in.ubInt();
    boolean hasDestination = in.flag();
    int destinationLength = in.ubInt();
    in.skipUb(2);
    boolean hasCharset = in.flag();
    in.flag();
    hasBoolean = in.flag();
    operation = in.ub();
    boolean hasScn = in.flag();
    int scnLength = in.ubInt();
    from = in.ub();
    kind = in.ub();
    hasAmount = in.flag();
    for (int array = 0; array < 3; array++) {
      in.flag();
      in.ub();
    }
    locator = in.bytes(hasSource ? sourceLength : 0);
    in.skipBytes(hasDestination ? destinationLength : 0);
    in.skipUb(hasCharset ? 1 : 0);
    in.skipUb(hasScn ? scnLength : 0);
  }

  byte[] locator() {
    return locator;
  }

  long operation() {
    return operation;
  }

  /** Where in the value to begin, from 1. */
  long from() {
    return from;
  }

  /** Of a new temporary one. */
  long kind() {
    return kind;
  }

  boolean hasAmount() {
    return hasAmount;
  }

  boolean hasBoolean() {
    return hasBoolean;
  }
}
