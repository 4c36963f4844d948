package org.diferido.rest.ui;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A file for a browser.
 *
 * @param tag a digest of its bytes, for an ETag (RFC 9110, section 8.8.3)
 */
@SuppressWarnings("ArrayRecordComponent") // files are sent, and never compared
record UiFile(byte[] bytes, String mediaType, String tag) {

  private static final int TAG_BYTES = 16;

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml");

  /** The type of a file by its name; empty for what no browser is given. */
  static Optional<String> mediaType(String name) {
    return Optional.ofNullable(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
  }

  static UiFile of(byte[] bytes, String mediaType) {
    return new UiFile(bytes, mediaType, digest(sha256(), bytes));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What a digest of some bytes begins with, in hex digits. */
  static String digest(MessageDigest sha256, byte[] bytes) {
    return HexFormat.of().formatHex(Arrays.copyOf(sha256.digest(bytes), TAG_BYTES));
  }
}
