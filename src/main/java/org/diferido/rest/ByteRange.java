package org.diferido.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a request wants (RFC 9110, section 14.2).
 *
 * @param first its first byte, from 0
 * @param length how many bytes; 0 when there is nothing of it
 */
record ByteRange(long first, long length) {

  private static final Pattern ONE = Pattern.compile("(?i)bytes\\s*=\\s*(\\d*)\\s*-\\s*(\\d*)\\s*");
  private static final int LONGEST_NUMBER = 18;

  /**
   * Reads the header {@code Range}. Several ranges at once, which may cost more than the whole file
   * (section 14.2), are as much as none, and so is whatever is malformed.
   *
   * @param size of the file
   * @return empty for the whole file; else a range within the file, or one of the length 0 that
   *     cannot be satisfied
   */
  static Optional<ByteRange> parse(@Nullable String header, long size) {
    Matcher range = ONE.matcher(header == null ? "" : header);
    if (!range.matches()) {
      return Optional.empty();
    }
    String from = range.group(1);
    String to = range.group(2);
    if (from.isEmpty()) {
      return to.isEmpty() ? Optional.empty() : last(number(to), size);
    }
    long first = number(from);
    long last = to.isEmpty() ? Long.MAX_VALUE : number(to);
    if (last < first) {
      return Optional.empty();
    }
    return Optional.of(
        first >= size
            ? new ByteRange(size, 0)
            : new ByteRange(first, Math.min(last, size - 1) - first + 1));
  }

  /** The last bytes; of an empty file that is all of it. */
  private static Optional<ByteRange> last(long count, long size) {
    if (count > 0 && size == 0) {
      return Optional.empty();
    }
    long length = Math.min(count, size);
    return Optional.of(new ByteRange(size - length, length));
  }

  /** A number beyond any file's size is as good as the largest. */
  private static long number(String digits) {
    String plain = digits.replaceFirst("^0+(?=\\d)", "");
    return plain.length() > LONGEST_NUMBER ? Long.MAX_VALUE : Long.parseLong(plain);
  }

  boolean isSatisfiable() {
    return length > 0;
  }

  /** The value of {@code Content-Range}. */
  String of(long size) {
    return isSatisfiable()
        ? "bytes " + first + "-" + (first + length - 1) + "/" + size
        : "bytes */" + size;
  }
}
