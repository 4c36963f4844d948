package org.diferido.result.file;

import java.io.IOException;
import java.io.OutputStream;
import org.diferido.procedure.ProcedureResult.Stored;
import org.diferido.result.ResultStore;

/**
 * A large value in the store.
 *
 * @param size in bytes
 * @param chunk how many bytes each chunk has, but the last one
 */
record StoredFile(Stored stored, long size, int chunk, ResultStore store) implements ResultFile {

  @Override
  public Long length() {
    return size;
  }

  @Override
  public void write(OutputStream out) throws IOException {
    write(out, 0, size);
  }

  @Override
  public void write(OutputStream out, long from, long length) throws IOException {
    int number = (int) (from / chunk);
    Slice slice = new Slice(out, from % chunk, length);
    while (!slice.isFull()) {
      slice.write(store.chunk(stored.id(), number).orElseThrow(StoredRows::gone));
      number++;
    }
  }
}
