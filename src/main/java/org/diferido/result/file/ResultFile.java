package org.diferido.result.file;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A result in one of its forms, as bytes that are the same each time.
 *
 * <p>What it is made of may be gone, or out of reach: {@link org.diferido.failure.FailureException}
 * RESULT_NOT_FOUND, REGISTRY_UNAVAILABLE, from whatever asks for it.
 */
public interface ResultFile {

  /** How many bytes it has; null when that is not known before it is written. */
  @Nullable Long length();

  /**
   * Writes all of it.
   *
   * @throws IOException of the stream
   */
  void write(OutputStream out) throws IOException;

  /**
   * Writes a part of it, of one whose length is known.
   *
   * @param from its first byte
   * @param length how many bytes, which are all there
   * @throws IOException of the stream
   */
  void write(OutputStream out, long from, long length) throws IOException;
}
