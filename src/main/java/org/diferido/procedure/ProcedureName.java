package org.diferido.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * A procedure's name as somebody wrote it: one to three identifiers parted by points. This is the
 * only door by which an identifier gets in, and it only opens towards the dictionary: what reaches
 * SQL is the dictionary's own spelling, see {@link QualifiedName}.
 *
 * <p>An identifier is a letter followed by letters, digits, {@code _ $ #}, folded to upper case, or
 * anything but a quote or a control character between double quotes, taken as it is; at most 128
 * characters (Oracle Database SQL Language Reference, "Database Object Names and Qualifiers").
 *
 * @param parts the identifiers, the outermost first
 */
public record ProcedureName(List<Identifier> parts) {

  private static final int MOST_PARTS = 3;
  private static final int LONGEST = 128;
  private static final Pattern IDENTIFIER =
      Pattern.compile("\"([^\"\\p{Cntrl}]{1,128})\"|([\\p{L}][\\p{L}\\p{M}\\p{Nd}_$#]{0,127})");

  public ProcedureName {
    parts = List.copyOf(parts);
  }

  /**
   * One identifier.
   *
   * @param text without quotes
   * @param quoted whether its case counts
   */
  public record Identifier(String text, boolean quoted) {

    /** As the dictionary of a database that folds to upper case has it. */
    public String folded() {
      return quoted ? text : text.toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return quoted ? '"' + text + '"' : text;
    }
  }

  /**
   * Reads a request's {@code name} and {@code schema}.
   *
   * @param schema the schema to look in, or null
   * @throws org.diferido.failure.FailureException INVALID_REQUEST that names the member at fault
   */
  public static ProcedureName parse(@Nullable String name, @Nullable String schema) {
    List<Identifier> parts = new ArrayList<>();
    if (schema != null) {
      parts.addAll(identifiers(schema, "/schema", 1));
    }
    parts.addAll(identifiers(name == null ? "" : name, "/name", MOST_PARTS - parts.size()));
    return new ProcedureName(parts);
  }

  private static List<Identifier> identifiers(String text, String pointer, int most) {
    if (text.isBlank()) {
      throw invalid(pointer, "name.empty");
    }
    List<Identifier> parts = new ArrayList<>();
    Matcher matcher = IDENTIFIER.matcher(text);
    int at = 0;
    while (matcher.find(at) && matcher.start() == at) {
      boolean quoted = matcher.group(1) != null;
      parts.add(new Identifier(quoted ? matcher.group(1) : matcher.group(2), quoted));
      at = matcher.end();
      if (at == text.length()) {
        if (parts.size() > most) {
          throw invalid(pointer, "name.parts", most);
        }
        return parts;
      }
      if (text.charAt(at) != '.') {
        break;
      }
      at++;
    }
    throw invalid(pointer, "name.invalid", LONGEST);
  }

  /**
   * A name as a call has to spell it: with quotes where the database would fold it to another one,
   * without the default schema.
   *
   * @param fold what a database makes of a name without quotes
   * @return nothing when no call can spell it
   */
  public static Optional<String> spelled(QualifiedName name, UnaryOperator<String> fold) {
    List<Identifier> parts = new ArrayList<>();
    if (!name.inDefaultSchema()) {
      parts.add(identifier(name.schema(), fold));
    }
    if (name.packageName() != null) {
      parts.add(identifier(name.packageName(), fold));
    }
    parts.add(identifier(name.name(), fold));
    String text = new ProcedureName(parts).toString();
    return parts.stream().allMatch(part -> IDENTIFIER.matcher(part.toString()).matches())
        ? Optional.of(text)
        : Optional.empty();
  }

  private static Identifier identifier(String text, UnaryOperator<String> fold) {
    Matcher plain = IDENTIFIER.matcher(text);
    return new Identifier(
        text, !plain.matches() || plain.group(1) != null || !fold.apply(text).equals(text));
  }

  private static RuntimeException invalid(String pointer, String key, Object... arguments) {
    return Failure.ofFields(
            FailureCode.INVALID_REQUEST, List.of(FieldError.of(pointer, key, arguments)))
        .toException();
  }

  /** As it was written, with points between. */
  @Override
  public String toString() {
    return parts.stream().map(Identifier::toString).collect(Collectors.joining("."));
  }
}
