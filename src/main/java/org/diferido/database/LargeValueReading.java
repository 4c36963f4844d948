package org.diferido.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.sql.SQLException;
import java.util.Arrays;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.LargeValue.Kind;
import org.diferido.procedure.ProcedureResult.Stored;
import org.diferido.procedure.ResultSink;
import org.diferido.procedure.ResultSink.ByteSink;
import org.jspecify.annotations.Nullable;

/** Passes a large value on while it is read, a piece at a time. */
final class LargeValueReading {

  private static final int PIECE = 32 * 1024;

  private final Kind kind;
  private final ByteSink sink;
  private final Reading reading;
  private long size;
  private @Nullable Stored stored;

  LargeValueReading(String name, Kind kind, ResultSink sink, Reading reading) {
    this.kind = kind;
    this.reading = reading;
    this.sink = sink.bytes(name, kind);
  }

  /** Passes all of a text on, as UTF-8; half a character becomes a question mark. */
  LargeValue of(Reader text) throws SQLException {
    char[] piece = new char[PIECE];
    Writer utf8 = new OutputStreamWriter(new Passing(), UTF_8);
    try {
      for (int length = text.read(piece); length >= 0; length = text.read(piece)) {
        reading.goOn();
        utf8.write(piece, 0, length);
      }
      // Only here: after a failure it would pass on what is left.
      utf8.close();
    } catch (IOException e) {
      throw ofTheDriver(e);
    }
    return end();
  }

  /** Passes all bytes on. */
  LargeValue of(InputStream bytes) throws SQLException {
    byte[] piece = new byte[PIECE];
    try {
      for (int length = bytes.read(piece); length >= 0; length = bytes.read(piece)) {
        reading.goOn();
        pass(piece, length);
      }
    } catch (IOException e) {
      throw ofTheDriver(e);
    }
    return end();
  }

  /** What the database said is in it. */
  private static SQLException ofTheDriver(IOException e) {
    return e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
  }

  private void pass(byte[] bytes, int length) {
    size += length;
    reading.apart(() -> sink.add(bytes, length));
  }

  private LargeValue end() {
    reading.apart(() -> stored = sink.end());
    return new LargeValue(kind, size, stored);
  }

  private final class Passing extends OutputStream {

    @Override
    public void write(int each) {
      write(new byte[] {(byte) each}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      pass(from == 0 ? bytes : Arrays.copyOfRange(bytes, from, from + length), length);
    }
  }
}
