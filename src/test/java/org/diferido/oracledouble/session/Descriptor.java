package org.diferido.oracledouble.session;

import java.io.IOException;
import org.diferido.oracledouble.wire.Dialect;
import org.diferido.oracledouble.wire.TtcInput;

/**
 * How the client declares a bind or defines a column.
 *
 * @param most bytes of a value
 * @param national whether text is UTF-16
 * @param prefetch how much of a large value it wants with the row
 */
record Descriptor(int type, boolean isTable, int most, long flags, boolean national, int prefetch) {

  private static final int TABLE = 0x40;
  private static final long LOB_PREFETCH = 0x2000000;
  private static final int NATIONAL_FORM = 2;

  static Descriptor read(TtcInput in, Dialect dialect) throws IOException {
    int type = in.u8();
    int flags = in.u8();
    in.u8();
    if (dialect.hasLongScale(type)) {
      in.ub();
    } else {
      in.u8();
    }
    int most = in.ubInt();
    in.ub();
    long more = in.ub();
    in.dalc();
    in.skipUb(2);
    boolean national = in.u8() == NATIONAL_FORM;
    int prefetch = in.ubInt();
    if (dialect.fieldVersion() >= 8) {
      in.ub();
    }
    return new Descriptor(type, (flags & TABLE) != 0, most, more, national, prefetch);
  }

  /** That of a column which the client has not defined. */
  static Descriptor plain(int type, boolean national) {
    return new Descriptor(type, false, 0, 0, national, 0);
  }

  boolean prefetchesLobs() {
    return (flags & LOB_PREFETCH) != 0;
  }
}
