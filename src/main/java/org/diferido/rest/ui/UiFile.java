package org.diferido.rest.ui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file for a browser.
 *
 * @param packed its bytes as gzip (RFC 1952): a third of them, since it is all text
 * @param tag a digest of its bytes, for an ETag (RFC 9110, section 8.8.3)
 */
@SuppressWarnings("ArrayRecordComponent") // files are sent, and never compared
record UiFile(byte[] bytes, byte[] packed, String mediaType, String tag) {

  private static final int TAG_BYTES = 16;

  /** With any weight but 0, which refuses it (RFC 9110, section 12.4.2: three digits at most). */
  private static final Pattern GZIP =
      Pattern.compile(
          "(?i)gzip(?:\\s{0,9};\\s{0,9}q=(?:1(?:\\.0{0,3})?|0\\.(?!0{1,3}$)\\d{1,3}))?");

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
    return new UiFile(bytes, packed(bytes), mediaType, digest(sha256(), bytes));
  }

  private static byte[] packed(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /**
   * Whether a browser takes gzip (RFC 9110, section 12.5.3).
   *
   * @param acceptEncoding the header, or null
   */
  static boolean mayBePacked(@Nullable String acceptEncoding) {
    return acceptEncoding != null
        && Arrays.stream(acceptEncoding.split(","))
            .anyMatch(each -> GZIP.matcher(each.strip()).matches());
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
