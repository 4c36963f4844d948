package org.diferido.oracledouble.value;

import java.util.List;

/** An error that the client is to see. */
public class OraException extends RuntimeException {

  public static final int CANCELLED = 1013;
  public static final int INTERNAL = 600;

  private final int code;
  private final int position;

  public OraException(int code, String text) {
    this(code, text, 0);
  }

  /**
   * @param position in the statement, from 0
   */
  public OraException(int code, String text, int position) {
    super(text.startsWith("ORA-") ? text : "ORA-%05d: %s".formatted(code, text));
    this.code = code;
    this.position = position;
  }

  /** With the lines that say where in the code: {@code at "APP.PKG", line 42}. */
  public static OraException raised(int code, String text, String... stack) {
    StringBuilder all = new StringBuilder("ORA-%05d: %s".formatted(code, text));
    for (String line : List.of(stack)) {
      all.append("\nORA-06512: ").append(line);
    }
    return new OraException(code, all.toString());
  }

  /** What the compiler of PL/SQL says. */
  public static OraException compilation(int column, String text) {
    String where = "line 1, column " + (column + 1) + ":\n";
    return new OraException(
        6550, where + text + "\nORA-06550: " + where + "PL/SQL: Statement ignored", column);
  }

  public int code() {
    return code;
  }

  public int position() {
    return position;
  }
}
