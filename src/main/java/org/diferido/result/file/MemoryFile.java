package org.diferido.result.file;

import java.io.IOException;
import java.io.OutputStream;

/** A small file that is in memory. */
@SuppressWarnings("ArrayRecordComponent") // is written, and never compared
record MemoryFile(byte[] bytes) implements ResultFile {

  @Override
  public Long length() {
    return (long) bytes.length;
  }

  @Override
  public void write(OutputStream out) throws IOException {
    out.write(bytes);
  }

  @Override
  public void write(OutputStream out, long from, long length) throws IOException {
    out.write(bytes, (int) from, (int) length);
  }
}
