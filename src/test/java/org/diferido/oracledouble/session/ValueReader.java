package org.diferido.oracledouble.session;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.diferido.oracledouble.lob.LobStore;
import org.diferido.oracledouble.value.UnknownException;
import org.diferido.oracledouble.wire.DatetimeCodec;
import org.diferido.oracledouble.wire.FloatCodec;
import org.diferido.oracledouble.wire.IntervalCodec;
import org.diferido.oracledouble.wire.NumberCodec;
import org.diferido.oracledouble.wire.OracleType;
import org.diferido.oracledouble.wire.RowidCodec;
import org.diferido.oracledouble.wire.TtcInput;

/** Reads the values of binds. */
final class ValueReader {

  private static final int ROW = 7;

  /** In front of the 1 that stands for a null of type BOOLEAN. */
  private static final int ESCAPE = 0xFD;

  private final LobStore lobs;

  ValueReader(LobStore lobs) {
    this.lobs = lobs;
  }

  List<Object> row(TtcInput in, List<Descriptor> binds) throws IOException {
    int message = in.u8();
    if (message != ROW) {
      throw new ProtocolException("expected a row of values, got message " + message);
    }
    List<Object> row = new ArrayList<>();
    // LONG values come behind all others.
    for (Descriptor bind : binds) {
      row.add(bind.isTable() ? table(in, bind) : value(in, bind));
    }
    return row;
  }

  private List<Object> table(TtcInput in, Descriptor bind) throws IOException {
    int count = in.ubInt();
    List<Object> elements = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      elements.add(value(in, bind));
    }
    return elements;
  }

  private Object value(TtcInput in, Descriptor bind) throws IOException {
    if (OracleType.isLob(bind.type())) {
      return in.ub() == 0 ? null : lobs.read(in.clr(), bind.type());
    }
    if (OracleType.isRowid(bind.type())) {
      return RowidCodec.read(in);
    }
    if (bind.type() == OracleType.BOOLEAN && in.peek() == ESCAPE) {
      in.skipBytes(2);
      return null;
    }
    byte[] bytes = in.clr();
    return bytes == null || bind.type() == OracleType.CURSOR ? null : decode(bytes, bind);
  }

  private static Object decode(byte[] bytes, Descriptor bind) {
    return switch (bind.type()) {
      case OracleType.VARCHAR, OracleType.CHAR, OracleType.LONG, OracleType.UROWID ->
          new String(bytes, bind.national() ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8);
      case OracleType.NUMBER, OracleType.VARNUM -> NumberCodec.decode(bytes);
      case OracleType.BINARY_FLOAT -> FloatCodec.decodeFloat(bytes);
      case OracleType.BINARY_DOUBLE -> FloatCodec.decodeDouble(bytes);
      case OracleType.DATE, OracleType.TIMESTAMP -> DatetimeCodec.decode(bytes);
      case OracleType.TIMESTAMP_LTZ ->
          DatetimeCodec.decode(bytes).atOffset(java.time.ZoneOffset.UTC);
      case OracleType.TIMESTAMP_TZ -> DatetimeCodec.decodeZoned(bytes);
      case OracleType.INTERVAL_DS -> IntervalCodec.decodeDuration(bytes);
      case OracleType.INTERVAL_YM -> IntervalCodec.decodePeriod(bytes);
      case OracleType.RAW, OracleType.LONG_RAW -> bytes;
      case OracleType.BOOLEAN -> bytes[0] == 1;
      default -> throw new UnknownException("binds of wire type " + bind.type());
    };
  }
}
