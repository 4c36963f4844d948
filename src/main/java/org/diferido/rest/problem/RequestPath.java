package org.diferido.rest.problem;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A raw path of a request, as it came over the wire. */
public final class RequestPath {

  /** Where nothing is: requests whose path cannot be taken at its word are led there. */
  public static final String NOWHERE = "/not-a-path";

  private RequestPath() {}

  /**
   * Whether a path can be taken at its word: percent-encoded as RFC 3986 section 2.1 says, UTF-8,
   * without NUL or backslash, and without a segment that climbs or stands still.
   */
  public static boolean isSane(String raw) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length());
    for (int at = 0; at < raw.length(); at++) {
      int each = raw.charAt(at);
      if (each == '%') {
        if (at + 2 >= raw.length()) {
          return false;
        }
        int high = Character.digit(raw.charAt(at + 1), 16);
        int low = Character.digit(raw.charAt(at + 2), 16);
        if (high < 0 || low < 0) {
          return false;
        }
        each = high << 4 | low;
        at += 2;
      }
      if (each == 0 || each == '\\') {
        return false;
      }
      decoded.write(each);
    }
    try {
      String path =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(decoded.toByteArray()))
              .toString();
      return Arrays.stream(path.split("/"))
          .noneMatch(segment -> segment.equals("..") || segment.equals("."));
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
