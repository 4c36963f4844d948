package org.diferido.oracledouble.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.value.Rows;
import org.diferido.oracledouble.wire.Dialect;
import org.diferido.oracledouble.wire.TtcOutput;

/** The statements that one client has open. */
final class Cursors {

  private static final int IMPLICIT_RESULTS = 27;

  private final Map<Integer, Cursor> open = new HashMap<>();
  private final Describe describe = new Describe();
  private int last;

  void speak(Dialect dialect) {
    describe.speak(dialect);
  }

  Describe describe() {
    return describe;
  }

  Cursor add(String sql) {
    Cursor cursor = new Cursor(++last, sql);
    open.put(last, cursor);
    return cursor;
  }

  Cursor find(int id) {
    Cursor cursor = open.get(id);
    if (cursor == null) {
      throw new OraException(1001, "invalid cursor");
    }
    return cursor;
  }

  void close(int id) {
    open.remove(id);
  }

  /** Writes a REF CURSOR, from which the client then fetches; without rows, one never opened. */
  void open(TtcOutput out, Rows rows) {
    if (rows == null) {
      out.u8(1);
      describe.body(out, new Rows(List.of()));
      out.ub(0);
      return;
    }
    out.u8(1);
    begin(out, rows);
  }

  private void begin(TtcOutput out, Rows rows) {
    Cursor cursor = add("select");
    cursor.open(rows);
    describe.body(out, rows);
    out.ub(cursor.id());
  }

  /** Writes what is just returned, from which the client then fetches. */
  void returned(TtcOutput out, List<Rows> results) {
    if (!results.isEmpty()) {
      out.u8(IMPLICIT_RESULTS).ub(results.size());
      results.forEach(
          rows -> {
            out.u8(0);
            begin(out, rows);
          });
    }
  }
}
