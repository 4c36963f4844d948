package org.diferido.procedure;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A pattern of procedures' names. It is compared, in any case, with the full name from the
 * dictionary ({@code SCHEMA.PACKAGE.NAME}) and, for what is in the default schema, with the name
 * without the schema. {@code *} stands for anything, points included.
 */
public final class ProcedurePattern {

  private static final Pattern WRITABLE = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}_$#.*\" ]+");

  private final String text;
  private final Pattern pattern;

  private ProcedurePattern(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException that tells what is no pattern
   */
  public static ProcedurePattern parse(String written) {
    String text = written.strip().toUpperCase(Locale.ROOT);
    if (!WRITABLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + written.strip() + "' is not a pattern of procedure names");
    }
    return new ProcedurePattern(
        text, Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q")));
  }

  public boolean matches(QualifiedName procedure) {
    return pattern.matcher(procedure.full().toUpperCase(Locale.ROOT)).matches()
        || pattern.matcher(procedure.display().toUpperCase(Locale.ROOT)).matches();
  }

  /** As it was written, in upper case. */
  @Override
  public String toString() {
    return text;
  }
}
