package org.diferido.result;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.diferido.result.format.ExactNumbers;
import org.jspecify.annotations.Nullable;

/**
 * Rows as bytes: for each value one byte that says what it is, and the length and the UTF-8 of a
 * number or a text. Numbers are exact, and half a character becomes a question mark.
 */
public final class RowCodec {

  private static final int NULL = 0;
  private static final int FALSE = 1;
  private static final int TRUE = 2;
  private static final int NUMBER = 3;
  private static final int TEXT = 4;

  private RowCodec() {}

  static void write(DataOutputStream out, List<@Nullable Object> row) throws IOException {
    for (Object value : row) {
      if (value == null) {
        out.writeByte(NULL);
      } else if (value instanceof Boolean truth) {
        out.writeByte(truth ? TRUE : FALSE);
      } else if (value instanceof BigDecimal number) {
        write(out, NUMBER, ExactNumbers.exact(number).toString());
      } else {
        write(out, TEXT, (String) value);
      }
    }
  }

  private static void write(DataOutputStream out, int kind, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeByte(kind);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** All rows of a chunk. */
  public static List<List<@Nullable Object>> read(byte[] chunk, int columns) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(chunk))) {
      while (in.available() > 0) {
        List<@Nullable Object> row = new ArrayList<>(columns);
        for (int column = 0; column < columns; column++) {
          row.add(value(in));
        }
        rows.add(Collections.unmodifiableList(row));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static @Nullable Object value(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case NULL -> null;
      case FALSE -> Boolean.FALSE;
      case TRUE -> Boolean.TRUE;
      case NUMBER -> new BigDecimal(text(in));
      case TEXT -> text(in);
      default -> throw new IOException("no value of kind " + kind);
    };
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
