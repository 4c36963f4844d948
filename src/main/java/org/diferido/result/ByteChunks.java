package org.diferido.result;

import java.util.Arrays;
import java.util.Map;
import org.diferido.procedure.ProcedureResult.Stored;
import org.diferido.procedure.ResultSink;
import org.diferido.result.ResultStore.Header;
import org.diferido.result.ResultStore.Position;

/** Cuts bytes into chunks of which all but the last are of one size. No bytes are a chunk, too. */
final class ByteChunks implements ResultSink.ByteSink {

  private final ResultWriting writing;
  private final Header header;
  private final byte[] chunk;
  private int filled;
  private int chunks;

  ByteChunks(ResultWriting writing, Header header) {
    this.writing = writing;
    this.header = header;
    this.chunk = new byte[writing.chunk()];
  }

  @Override
  public void add(byte[] bytes, int length) {
    writing.count(length);
    int from = 0;
    while (from < length) {
      if (filled == chunk.length) {
        store();
      }
      int fits = Math.min(length - from, chunk.length - filled);
      System.arraycopy(bytes, from, chunk, filled, fits);
      from += fits;
      filled += fits;
    }
  }

  @Override
  public Stored end() {
    store();
    return new Stored(header.id(), chunks, Map.of());
  }

  private void store() {
    writing.store(header, chunks, Position.BEGINNING, Arrays.copyOf(chunk, filled));
    chunks++;
    filled = 0;
  }
}
