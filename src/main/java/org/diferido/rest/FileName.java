package org.diferido.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Names for files that a client is to keep. */
final class FileName {

  private static final int LONGEST = 80;

  private FileName() {}

  /**
   * The value of {@code Content-Disposition} (RFC 6266): the name in ASCII, and as it is for who
   * reads that (RFC 8187). Neither has a character by which a file would come to be elsewhere, or
   * hidden, or nowhere.
   *
   * @param name what it is called, whatever that may be
   * @param part that makes it another file's
   * @param extension without a point
   */
  static String disposition(String name, String part, String extension) {
    String plain = name.replaceAll("[^\\p{L}\\p{N}_$#~ .-]", "_").strip();
    String cut = plain.substring(0, plain.offsetByCodePoints(0, codePoints(plain)));
    String whole = cut.replaceFirst("^(?:[.~-]+|$)", "_") + "-" + part + "." + extension;
    String ascii = whole.replaceAll("[^A-Za-z0-9_.-]", "_");
    String encoded = URLEncoder.encode(whole, UTF_8).replace("+", "%20").replace("*", "%2A");
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
  }

  private static int codePoints(String text) {
    return Math.min(LONGEST, text.codePointCount(0, text.length()));
  }
}
