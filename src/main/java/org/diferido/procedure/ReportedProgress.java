package org.diferido.procedure;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A progress that a procedure tells as text, where its database has nothing better: {@code 7/50},
 * {@code 7/50 lotes}, {@code 7/50 lotes: what it is doing}, {@code 35%}, {@code 35% what it is
 * doing}.
 */
public final class ReportedProgress {

  private static final Pattern OF_TOTAL =
      Pattern.compile("\\s*(\\d{1,18})\\s*/\\s*(\\d{1,18})(?:\\s+([^:]{1,64}))?(?:\\s*:\\s*(.*))?");

  private static final Pattern PERCENT = Pattern.compile("\\s*(\\d{1,3})\\s*%(?:\\s*:?\\s*(.*))?");
  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  private ReportedProgress() {}

  /** The progress; empty when the text has no numbers in one of these ways. */
  public static Optional<Progress> parse(String text) {
    Matcher of = OF_TOTAL.matcher(text);
    if (of.matches()) {
      return Optional.of(
          Progress.reported(
              new BigDecimal(of.group(1)),
              new BigDecimal(of.group(2)),
              orNull(of.group(3)),
              orNull(of.group(4))));
    }
    Matcher percent = PERCENT.matcher(text);
    if (percent.matches()) {
      return Optional.of(
          Progress.reported(new BigDecimal(percent.group(1)), ALL, "%", orNull(percent.group(2))));
    }
    return Optional.empty();
  }

  private static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
