package org.diferido.rest;

import java.util.List;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Idempotency-Key}: a text of the caller's own, such as a UUID. The quotes that
 * the draft wants around it (draft-ietf-httpapi-idempotency-key-header) are part of the key.
 */
final class IdempotencyKey {

  static final String HEADER = "Idempotency-Key";

  /** Tells that the answer is that of an earlier request. */
  static final String REPLAYED = "Idempotency-Replayed";

  private static final int LONGEST = 255;

  private IdempotencyKey() {}

  /**
   * @throws org.diferido.failure.FailureException INVALID_REQUEST when it is blank, too long, or
   *     has other characters than visible ones of ASCII
   */
  static @Nullable String checked(@Nullable String key) {
    if (key == null) {
      return null;
    }
    String text = key.strip();
    boolean fits =
        !text.isEmpty()
            && text.length() <= LONGEST
            && text.chars().allMatch(each -> each >= ' ' && each < 127);
    if (!fits) {
      throw Failure.ofFields(
              FailureCode.INVALID_REQUEST, List.of(FieldError.of(HEADER, "member.key", LONGEST)))
          .toException();
    }
    return text;
  }
}
