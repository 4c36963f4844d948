package org.diferido.job;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A job's name: 32 lower-case hex digits, 128 bits from a secure random source, so that it cannot
 * be guessed.
 */
public record JobId(String hex) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  public JobId {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("not a job id");
    }
  }

  public static JobId random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new JobId(HexFormat.of().formatHex(bytes));
  }

  /** The id that a text is, if it is one. */
  public static Optional<JobId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new JobId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return hex;
  }
}
