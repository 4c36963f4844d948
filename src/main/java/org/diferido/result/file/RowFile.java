package org.diferido.result.file;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.ToLongFunction;
import org.diferido.result.ResultStore.Position;
import org.diferido.result.format.RowFormat;
import org.jspecify.annotations.Nullable;

/**
 * The file of some rows.
 *
 * @param in where a piece begins in a file of this format
 */
record RowFile(RowPieces pieces, RowFormat format, ToLongFunction<Position> in)
    implements ResultFile {

  @Override
  public @Nullable Long length() {
    return pieces.length(format.name());
  }

  @Override
  public void write(OutputStream out) throws IOException {
    RowFormat.Writer writer = format.writer(pieces.columns(), out);
    writer.begin();
    for (int piece = 0; piece < pieces.count(); piece++) {
      add(piece, writer);
    }
    writer.end();
  }

  @Override
  public void write(OutputStream out, long from, long length) throws IOException {
    int piece = pieces.pieceAt(from, in);
    long begin = piece == 0 ? 0 : in.applyAsLong(pieces.position(piece));
    Slice slice = new Slice(out, from - begin, length);
    RowFormat.Writer writer = format.writer(pieces.columns(), slice);
    if (piece == 0) {
      writer.begin();
    }
    while (piece < pieces.count() && !slice.isFull()) {
      add(piece, writer);
      writer.flush();
      piece++;
    }
  }

  private void add(int piece, RowFormat.Writer writer) throws IOException {
    for (List<@Nullable Object> row : pieces.rows(piece)) {
      writer.add(row);
    }
  }
}
