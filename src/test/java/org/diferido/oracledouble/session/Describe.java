package org.diferido.oracledouble.session;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import org.diferido.oracledouble.value.Column;
import org.diferido.oracledouble.value.DataType;
import org.diferido.oracledouble.value.Rows;
import org.diferido.oracledouble.wire.DatetimeCodec;
import org.diferido.oracledouble.wire.Dialect;
import org.diferido.oracledouble.wire.OracleType;
import org.diferido.oracledouble.wire.TtcOutput;

/** Tells a client what columns there are. */
final class Describe {

  private static final int DESCRIBE = 16;
  private static final int AL32UTF8 = 873;
  private static final int AL16UTF16 = 2000;
  private static final int FLOATING_SCALE = -127;
  private static final LocalDateTime CREATED = LocalDateTime.of(2026, 1, 1, 0, 0);

  private Dialect dialect = Dialect.INITIAL;

  void speak(Dialect agreed) {
    dialect = agreed;
  }

  void message(TtcOutput out, Rows rows) {
    out.u8(DESCRIBE).u8(0);
    body(out, rows);
  }

  /** The message without its head, as it stands in front of a REF CURSOR. */
  void body(TtcOutput out, Rows rows) {
    int count = rows.columns().size();
    out.ub(rows.columns().stream().mapToInt(column -> size(column.type())).sum()).ub(count);
    if (count > 0) {
      out.u8(count);
    }
    for (int at = 0; at < count; at++) {
      column(out, rows.columns().get(at), at + 1);
    }
    out.dalc(DatetimeCodec.encodeDate(CREATED)).zeros(5);
  }

  private void column(TtcOutput out, Column column, int position) {
    DataType type = column.type();
    int code = type.wireType();
    out.u8(code).u8(0).u8(type.precision() == null ? 0 : type.precision());
    scale(out, type, code);
    boolean text = OracleType.isText(code) || code == OracleType.CLOB;
    int form = type.isNational() ? 2 : 1;
    int charset = type.isNational() ? AL16UTF16 : AL32UTF8;
    out.ub(size(type)).zeros(4).ub(text ? charset : 0).u8(text ? form : 0);
    out.ub(text ? characters(type) : 0);
    if (dialect.fieldVersion() >= 8) {
      out.ub(0);
    }
    byte[] name = column.name().getBytes(StandardCharsets.UTF_8);
    out.u8(1).u8(name.length).dalc(name).ub(0).ub(0).ub(position).ub(0);
  }

  private void scale(TtcOutput out, DataType type, int code) {
    boolean floating = code == OracleType.NUMBER && type.scale() == null;
    int scale = floating ? FLOATING_SCALE : type.scale() == null ? 0 : type.scale();
    if (dialect.hasLongScale(code)) {
      out.sb(scale);
    } else {
      out.u8(scale);
    }
  }

  private static int characters(DataType type) {
    return type.length() == null ? 4000 : type.length();
  }

  /** How many bytes a value has at most. */
  private static int size(DataType type) {
    return switch (type.wireType()) {
      case OracleType.NUMBER -> 22;
      case OracleType.DATE -> 7;
      case OracleType.TIMESTAMP, OracleType.TIMESTAMP_LTZ, OracleType.INTERVAL_DS -> 11;
      case OracleType.TIMESTAMP_TZ -> 13;
      case OracleType.INTERVAL_YM -> 5;
      case OracleType.BINARY_FLOAT -> 4;
      case OracleType.BINARY_DOUBLE -> 8;
      case OracleType.RAW -> characters(type);
      case OracleType.LONG, OracleType.LONG_RAW -> 0;
      case OracleType.VARCHAR, OracleType.CHAR -> Math.min(32767, 4 * characters(type));
      default -> 4000;
    };
  }
}
