package org.diferido.oracledouble.session;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.Arrays;
import org.diferido.oracledouble.lob.LobStore;
import org.diferido.oracledouble.value.Conversion;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.value.Rows;
import org.diferido.oracledouble.value.UnknownException;
import org.diferido.oracledouble.wire.DatetimeCodec;
import org.diferido.oracledouble.wire.FloatCodec;
import org.diferido.oracledouble.wire.IntervalCodec;
import org.diferido.oracledouble.wire.NumberCodec;
import org.diferido.oracledouble.wire.OracleType;
import org.diferido.oracledouble.wire.RowidCodec;
import org.diferido.oracledouble.wire.TtcOutput;

/** Writes values as the client wants them. */
final class ValueWriter {

  private static final int CHUNK = 8132;
  private static final int UTF_16_CHARSET = 2000;

  private final LobStore lobs;
  private final Cursors cursors;

  ValueWriter(LobStore lobs, Cursors cursors) {
    this.lobs = lobs;
    this.cursors = cursors;
  }

  void write(TtcOutput out, Descriptor wanted, Object given) {
    Object value = Conversion.to(wanted.type(), given);
    if (wanted.type() == OracleType.CURSOR) {
      cursors.open(out, (Rows) value);
    } else if (OracleType.isLob(wanted.type())) {
      writeLob(out, wanted, value);
    } else if (OracleType.isRowid(wanted.type())) {
      RowidCodec.write(out, (String) value);
    } else {
      out.clr(value == null ? null : checked(encode(wanted, value), wanted));
    }
  }

  private static byte[] encode(Descriptor wanted, Object value) {
    return switch (wanted.type()) {
      case OracleType.VARCHAR, OracleType.CHAR, OracleType.LONG, OracleType.UROWID ->
          value
              .toString()
              .getBytes(wanted.national() ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8);
      case OracleType.NUMBER, OracleType.VARNUM -> NumberCodec.encode((BigDecimal) value);
      case OracleType.BINARY_FLOAT -> FloatCodec.encode((Float) value);
      case OracleType.BINARY_DOUBLE -> FloatCodec.encode((Double) value);
      case OracleType.DATE -> DatetimeCodec.encodeDate((LocalDateTime) value);
      case OracleType.TIMESTAMP -> DatetimeCodec.encodeTimestamp((LocalDateTime) value);
      case OracleType.TIMESTAMP_LTZ ->
          DatetimeCodec.encodeTimestamp(((OffsetDateTime) value).toLocalDateTime());
      case OracleType.TIMESTAMP_TZ -> DatetimeCodec.encodeZoned((OffsetDateTime) value);
      case OracleType.INTERVAL_DS -> IntervalCodec.encode((Duration) value);
      case OracleType.INTERVAL_YM -> IntervalCodec.encode((Period) value);
      case OracleType.RAW, OracleType.LONG_RAW -> (byte[]) value;
      case OracleType.BOOLEAN -> (Boolean) value ? new byte[] {1, 1} : new byte[] {0};
      default -> throw new UnknownException("values of wire type " + wanted.type());
    };
  }

  /** A bind has room for so much; a column that was not defined has no limit. */
  private static byte[] checked(byte[] bytes, Descriptor wanted) {
    boolean limited =
        wanted.most() > 0
            && (wanted.type() == OracleType.VARCHAR || wanted.type() == OracleType.RAW);
    if (limited && bytes.length > wanted.most()) {
      throw new OraException(
          6502, "PL/SQL: numeric or value error: character string buffer too small");
    }
    return bytes;
  }

  private void writeLob(TtcOutput out, Descriptor wanted, Object value) {
    if (value == null) {
      out.ub(0);
      return;
    }
    byte[] locator = lobs.keep(value);
    out.ub(locator.length);
    if (wanted.prefetchesLobs()) {
      writePrefetched(out, wanted, value);
    }
    out.clr(locator);
  }

  private static void writePrefetched(TtcOutput out, Descriptor wanted, Object value) {
    boolean text = value instanceof String;
    byte[] bytes = text ? ((String) value).getBytes(StandardCharsets.UTF_16BE) : (byte[]) value;
    int unit = text ? 2 : 1;
    out.ub(bytes.length / unit).ub(CHUNK);
    if (wanted.prefetch() > 0) {
      if (text) {
        // of variable width, character set, form
        out.u8(1).ub(UTF_16_CHARSET).u8(1);
      }
      out.clr(Arrays.copyOf(bytes, Math.min(bytes.length, wanted.prefetch() * unit)));
    }
  }
}
