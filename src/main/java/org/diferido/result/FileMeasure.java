package org.diferido.result;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.diferido.result.format.RowFormat;
import org.jspecify.annotations.Nullable;

/** Measures how long the file of some rows is, by writing it to nowhere. */
final class FileMeasure {

  private final RowFormat format;
  private final RowFormat.Writer writer;
  private long length;

  FileMeasure(RowFormat format, List<String> columns) {
    this.format = format;
    this.writer = format.writer(columns, new Counting());
    done(writer::begin);
  }

  void add(List<@Nullable Object> row) {
    done(() -> writer.add(row));
  }

  /** The name of the format. */
  String format() {
    return format.name();
  }

  /** In bytes, so far. */
  long length() {
    done(writer::flush);
    return length;
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void done(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Counting extends OutputStream {

    @Override
    public void write(int each) {
      length++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      length += count;
    }
  }
}
