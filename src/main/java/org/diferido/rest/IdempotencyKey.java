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
   * The one key of a request.
   *
   * @param keys all that came
   * @throws org.diferido.failure.FailureException INVALID_REQUEST when it is blank, too long, or
   *     has other characters than visible ones of ASCII, or when there are several
   */
  static @Nullable String checked(List<String> keys) {
    if (keys.isEmpty()) {
      return null;
    }
    String text = keys.get(0).strip();
    boolean fits =
        keys.size() == 1
            && !text.isEmpty()
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
