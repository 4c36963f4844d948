package org.diferido.result.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes on a part of what is written to it. */
final class Slice extends FilterOutputStream {

  private long before;
  private long left;

  /**
   * @param before how many bytes are dropped first
   * @param length how many are then passed on
   */
  Slice(OutputStream out, long before, long length) {
    super(out);
    this.before = before;
    this.left = length;
  }

  /** Whether nothing is passed on any more. */
  boolean isFull() {
    return left == 0;
  }

  @Override
  public void write(int each) throws IOException {
    write(new byte[] {(byte) each}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int dropped = (int) Math.min(before, length);
    int passed = (int) Math.min(left, length - dropped);
    before -= dropped;
    left -= passed;
    if (passed > 0) {
      out.write(bytes, from + dropped, passed);
    }
  }
}
