package org.diferido.oracledouble.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.diferido.oracledouble.wire.Dialect;
import org.diferido.oracledouble.wire.TtcInput;

/**
 * The body of function 94 up to the rows of values.
 *
 * @param cursor 0 for a new one
 * @param sql empty for that of the cursor
 * @param iterations how often to execute, or how many rows to fetch
 */
record ExecuteRequest(
    long options,
    int cursor,
    String sql,
    int prefetch,
    int iterations,
    boolean countsWanted,
    List<Descriptor> defines,
    List<Descriptor> binds) {

  private static final int EXECUTE = 0x20;
  private static final int FETCH = 0x40;
  private static final int COMMIT = 0x100;
  private static final int DESCRIBE = 0x20000;

  static ExecuteRequest read(TtcInput in, Dialect dialect) throws IOException {
    long options = in.ub();
    int cursor = in.ubInt();
    boolean hasSql = in.flag();
    int sqlLength = in.ubInt();
    in.flag();
    int numbers = in.ubInt();
    in.skipBytes(2);
    in.ub();
    int prefetch = in.ubInt();
    in.ub();
    boolean hasBinds = in.flag();
    int binds = in.ubInt();
    in.skipBytes(5);
    boolean hasDefines = in.flag();
    int defines = in.ubInt();
    boolean countsWanted = readRegistration(in, dialect);
    String sql = hasSql && sqlLength > 0 ? dialect.text(in, sqlLength) : "";
    in.ub();
    int iterations = in.ubInt();
    in.skipUb(numbers - 2);
    return new ExecuteRequest(
        options,
        cursor,
        sql,
        prefetch,
        iterations,
        countsWanted,
        readDescriptors(in, dialect, hasDefines ? defines : 0),
        readDescriptors(in, dialect, hasBinds ? binds : 0));
  }

  /** Fields of change notification, and whether the client wants a count for each row of binds. */
  private static boolean readRegistration(TtcInput in, Dialect dialect) throws IOException {
    in.ub();
    in.skipBytes(3);
    in.ub();
    in.flag();
    in.skipUb(2);
    boolean countsWanted = in.flag();
    in.ub();
    in.flag();
    if (dialect.fieldVersion() >= 8) {
      in.flag();
      in.ub();
      in.flag();
      in.ub();
      in.flag();
    }
    if (dialect.fieldVersion() >= 9) {
      in.flag();
      in.ub();
    }
    return countsWanted;
  }

  private static List<Descriptor> readDescriptors(TtcInput in, Dialect dialect, int count)
      throws IOException {
    List<Descriptor> all = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      all.add(Descriptor.read(in, dialect));
    }
    return all;
  }

  boolean executes() {
    return (options & EXECUTE) != 0;
  }

  boolean fetches() {
    return (options & FETCH) != 0;
  }

  boolean commits() {
    return (options & COMMIT) != 0;
  }

  boolean describes() {
    return (options & DESCRIBE) != 0;
  }
}
