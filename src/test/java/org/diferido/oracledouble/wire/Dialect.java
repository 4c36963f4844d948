package org.diferido.oracledouble.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What client and server agreed on.
 *
 * @param fieldVersion the lower one of both
 * @param textIsClr whether announced text repeats its length
 * @param longScales whether the scale of some types is a number of variable length
 */
public record Dialect(int fieldVersion, boolean textIsClr, boolean longScales) {

  /** That of 19.1; a higher one has more fields in describes. */
  public static final int FIELD_VERSION = 12;

  public static final Dialect INITIAL = new Dialect(FIELD_VERSION, false, false);

  private static final Set<Integer> WITH_LONG_SCALE =
      Set.of(2, 180, 181, 183, 187, 188, 190, 231, 232);

  /** Reads text whose length came earlier in the message. */
  public String text(TtcInput in, int length) throws IOException {
    byte[] bytes = textIsClr ? in.clr() : in.bytes(length);
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  public void text(TtcOutput out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (textIsClr) {
      out.clr(bytes);
    } else {
      out.raw(bytes);
    }
  }

  public boolean hasLongScale(int type) {
    return longScales && WITH_LONG_SCALE.contains(type);
  }
}
