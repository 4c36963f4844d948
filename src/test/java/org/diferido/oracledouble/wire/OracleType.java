package org.diferido.oracledouble.wire;

/** Oracle's external type codes, as they are on the wire. */
public final class OracleType {
  public static final int VARCHAR = 1;
  public static final int NUMBER = 2;
  public static final int VARNUM = 6;
  public static final int LONG = 8;
  public static final int ROWID = 11;
  public static final int DATE = 12;
  public static final int RAW = 23;
  public static final int LONG_RAW = 24;
  public static final int CHAR = 96;
  public static final int BINARY_FLOAT = 100;
  public static final int BINARY_DOUBLE = 101;
  public static final int CURSOR = 102;
  public static final int ROWID_DESCRIPTOR = 104;
  public static final int NAMED = 109;
  public static final int CLOB = 112;
  public static final int BLOB = 113;
  public static final int TIMESTAMP = 180;
  public static final int TIMESTAMP_TZ = 181;
  public static final int INTERVAL_YM = 182;
  public static final int INTERVAL_DS = 183;
  public static final int UROWID = 208;
  public static final int TIMESTAMP_LTZ = 231;
  public static final int BOOLEAN = 252;

  private OracleType() {}

  public static boolean isText(int type) {
    return type == VARCHAR || type == CHAR || type == LONG;
  }

  /** Of those that have the form of {@link RowidCodec}. */
  public static boolean isRowid(int type) {
    return type == ROWID || type == ROWID_DESCRIPTOR;
  }

  public static boolean isLob(int type) {
    return type == CLOB || type == BLOB;
  }
}
