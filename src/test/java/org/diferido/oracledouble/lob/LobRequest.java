package org.diferido.oracledouble.lob;

import java.io.IOException;
import org.diferido.oracledouble.wire.TtcInput;

/**
 * The body of function 96, but for the data of a write.
 *
 * @param from where in the value to begin, from 1
 * @param kind of a new temporary one
 */
record LobRequest(
    byte[] locator, long operation, long from, long kind, boolean hasAmount, boolean hasBoolean) {

  static LobRequest read(TtcInput in) throws IOException {
    boolean hasSource = in.flag();
    int sourceLength = in.ubInt();
    boolean hasDestination = in.flag();
    int destinationLength = in.ubInt();
    in.skipUb(2);
    boolean hasCharset = in.flag();
    in.flag();
    boolean hasBoolean = in.flag();
    long operation = in.ub();
    boolean hasScn = in.flag();
    int scnLength = in.ubInt();
    long from = in.ub();
    long kind = in.ub();
    boolean hasAmount = in.flag();
    for (int array = 0; array < 3; array++) {
      in.flag();
      in.ub();
    }
    byte[] locator = in.bytes(hasSource ? sourceLength : 0);
    in.skipBytes(hasDestination ? destinationLength : 0);
    in.skipUb(hasCharset ? 1 : 0);
    in.skipUb(hasScn ? scnLength : 0);
    return new LobRequest(locator, operation, from, kind, hasAmount, hasBoolean);
  }
}
