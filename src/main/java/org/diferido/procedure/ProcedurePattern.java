package org.diferido.procedure;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A pattern of procedures' names. It is compared, in any case, with the full name from the
 * dictionary ({@code SCHEMA.PACKAGE.NAME}) and, for what is in the default schema, with the name
 * without the schema. {@code *} stands for anything, points included.
 */
public final class ProcedurePattern {

  private static final Pattern WRITABLE = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}_$#.*\" ]+");

  private final String written;
  private final String text;
  private final Pattern pattern;

  private ProcedurePattern(String written, String text, Pattern pattern) {
    this.written = written;
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
    return new ProcedurePattern(written.strip(), text, compiled(text));
  }

  /**
   * Where a piece between two stars is found first is always good enough, so that nothing is sought
   * again: else a name that does not match would take a time that grows with each star.
   */
  private static Pattern compiled(String text) {
    String[] pieces = text.split("\\*+", -1);
    StringBuilder regex = new StringBuilder(Pattern.quote(pieces[0]));
    for (int at = 1; at < pieces.length - 1; at++) {
      regex.append("(?>.*?").append(Pattern.quote(pieces[at])).append(')');
    }
    if (pieces.length > 1) {
      regex.append(".*").append(Pattern.quote(pieces[pieces.length - 1]));
    }
    return Pattern.compile(regex.toString());
  }

  public boolean matches(QualifiedName procedure) {
    return matches(procedure.full()) || matches(procedure.display());
  }

  /** Whether it matches a name as it stands. */
  public boolean matches(String name) {
    return pattern.matcher(name.toUpperCase(Locale.ROOT)).matches();
  }

  /**
   * In which areas of a dictionary everything is that it matches, as its text up to the first star
   * tells: it may begin with a schema, or with a name of the default one.
   */
  public List<NameArea> areas() {
    int star = written.indexOf('*');
    boolean ends = star < 0;
    List<String> parts = List.of((ends ? written : written.substring(0, star)).split("\\.", -1));
    NameArea.Beginning first = new NameArea.Beginning(parts.get(0), ends || parts.size() > 1);
    NameArea inDefaultSchema = new NameArea(null, first);
    if (parts.size() > 1) {
      boolean whole = ends || parts.size() > 2;
      NameArea.Beginning second = new NameArea.Beginning(parts.get(1), whole);
      return List.of(inDefaultSchema, new NameArea(first, second));
    }
    // A star may stand for a point.
    return ends
        ? List.of(inDefaultSchema)
        : List.of(inDefaultSchema, new NameArea(first, NameArea.Beginning.ANY));
  }

  /** As it was written, in upper case. */
  @Override
  public String toString() {
    return text;
  }
}
