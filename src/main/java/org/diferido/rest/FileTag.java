package org.diferido.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.EntityTag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ETag of something that does not change (RFC 9110, section 8.8.3), made of what it is rather
 * than of its bytes, which may be many.
 *
 * @param weak whether its bytes may differ from time to time
 */
record FileTag(String tag, boolean weak) {

  private static final int TAG_BYTES = 16;

  /**
   * The tag of something.
   *
   * @param what tells it from everything else
   */
  static FileTag of(boolean weak, Object... what) {
    try {
      // As a list no two of them are written alike.
      List<String> parts =
          Arrays.stream(what).map(String::valueOf).map(each -> each.length() + ":" + each).toList();
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(String.join("", parts).getBytes(UTF_8));
      return new FileTag(HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES)), weak);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  EntityTag toEntityTag() {
    return new EntityTag(tag, weak);
  }

  /**
   * Whether a client has it, by the weak comparison of {@code If-None-Match}.
   *
   * @param ifNoneMatch the header, or null
   */
  boolean isAmong(@Nullable String ifNoneMatch) {
    return TaggedBody.isAmong(tag, ifNoneMatch);
  }

  /**
   * Whether a range is of what a client has a part of, by the strong comparison of {@code
   * If-Range}. A date is of nothing here.
   *
   * @param ifRange the header, or null
   */
  boolean allowsRange(@Nullable String ifRange) {
    return ifRange == null || (!weak && ifRange.strip().equals('"' + tag + '"'));
  }
}
