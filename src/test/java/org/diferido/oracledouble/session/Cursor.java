package org.diferido.oracledouble.session;

import java.util.List;
import org.diferido.oracledouble.value.Rows;
import org.diferido.oracledouble.value.StatementKind;

/** A statement that the client has open. */
final class Cursor {

  private final int id;
  private final String sql;
  private List<Descriptor> binds = List.of();
  private List<Descriptor> defines = List.of();
  private Rows rows;
  private int at;
  private int sent;

  Cursor(int id, String sql) {
    this.id = id;
    this.sql = sql;
  }

  int id() {
    return id;
  }

  String sql() {
    return sql;
  }

  boolean isQuery() {
    return StatementKind.of(sql) == StatementKind.QUERY;
  }

  List<Descriptor> binds() {
    return binds;
  }

  void binds(List<Descriptor> declared) {
    binds = declared;
  }

  List<Descriptor> defines() {
    return defines;
  }

  void defines(List<Descriptor> declared) {
    defines = declared;
  }

  /** Null before the first execution, and when it is no query. */
  Rows rows() {
    return rows;
  }

  void open(Rows result) {
    rows = result;
    at = 0;
    sent = 0;
  }

  /** How many rows the client has got. */
  int sent() {
    return sent;
  }

  /** Whether there are rows to look at, though none of them may be for this client. */
  boolean hasMore() {
    return at < rows.rows().size();
  }

  /** Null when there is none any more. */
  List<Object> next() {
    while (hasMore()) {
      int row = at++;
      if (rows.admits(row)) {
        sent++;
        return rows.rows().get(row);
      }
    }
    return null;
  }

  /** How the value of a column goes to the client. */
  Descriptor define(int column) {
    if (column < defines.size()) {
      return defines.get(column);
    }
    var type = rows.columns().get(column).type();
    return Descriptor.plain(type.wireType(), type.isNational());
  }
}
