package org.diferido.procedure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diferido.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The secret values that go into one call, to take them out of what is told of it: databases put
 * the values that they refuse into the texts of their errors, and procedures write what they were
 * given.
 *
 * <p>A value is found as it went in, in any case. One that the procedure or the database has made
 * something else of, such as a part of it or a date in another form, is not known here.
 */
public final class SecretValues {

  /** A shorter one is masked only where it is a word: else little would be left of any text. */
  private static final int SHORTEST_ANYWHERE = 3;

  private final Set<String> texts;

  /** Few of them begin like any place of a text; it is read once for all. */
  private final Map<Character, List<String>> byFirst;

  private SecretValues(Stream<String> folded) {
    texts = folded.collect(Collectors.toUnmodifiableSet());
    byFirst = texts.stream().collect(Collectors.groupingBy(text -> text.charAt(0)));
  }

  /** Those known when the call was accepted. */
  public static SecretValues of(ProcedureCall call) {
    return new SecretValues(texts(call.secretValues()));
  }

  /** These and those of the call as it is made. */
  public SecretValues and(BoundCall call, SecretNames names) {
    return new SecretValues(Stream.concat(texts.stream(), texts(call.secretValues(names))));
  }

  private static Stream<String> texts(Collection<Object> values) {
    return values.stream().flatMap(ValueTexts::of).map(SecretValues::folded);
  }

  /** Whether there is nothing to mask. */
  public boolean isEmpty() {
    return texts.isEmpty();
  }

  /** The failure with {@link SecretNames#MASK} for each of the values in its arguments. */
  public Failure masked(Failure failure) {
    return new Failure(
        failure.code(), masked(failure.arguments()), failure.fields(), failure.databaseCode());
  }

  /** The progress with {@link SecretNames#MASK} for each of the values in its texts. */
  public Progress masked(Progress progress) {
    return new Progress(
        progress.source(),
        progress.percent(),
        maskedOrNull(progress.message()),
        progress.done(),
        progress.total(),
        maskedOrNull(progress.unit()),
        progress.expectedEnd());
  }

  private @Nullable String maskedOrNull(@Nullable String text) {
    return text == null ? null : masked(text);
  }

  /** The texts with {@link SecretNames#MASK} for each of the values. */
  public List<String> masked(List<String> lines) {
    return lines.stream().map(this::masked).toList();
  }

  /** The text with {@link SecretNames#MASK} for each of the values. */
  public String masked(String text) {
    if (isEmpty()) {
      return text;
    }
    String folded = folded(text);
    StringBuilder masked = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int length = secretLength(folded, at);
      if (length > 0) {
        masked.append(SecretNames.MASK);
        at += length;
      } else {
        masked.append(text.charAt(at));
        at++;
      }
    }
    return masked.toString();
  }

  /** How long the longest of the values is that stands at a place; 0 where none does. */
  private int secretLength(String text, int at) {
    int longest = 0;
    for (String secret : byFirst.getOrDefault(text.charAt(at), List.of())) {
      longest = Math.max(longest, lengthOf(secret, text, at));
    }
    return longest;
  }

  private static int lengthOf(String secret, String text, int at) {
    int same = 0;
    while (same < secret.length()
        && at + same < text.length()
        && secret.charAt(same) == text.charAt(at + same)) {
      same++;
    }
    boolean shown =
        same < SHORTEST_ANYWHERE
            ? same == secret.length() && isWord(text, at, at + same)
            : same == secret.length() || isCutOff(text, at + same);
    return shown ? same : 0;
  }

  /**
   * Whether a text breaks off: PostgreSQL shows the first 64 bytes of a value of a row and then
   * three dots (ExecBuildSlotValueDescription), and long lines are cut here and there.
   */
  private static boolean isCutOff(String text, int end) {
    return end == text.length() || text.startsWith("...", end) || text.startsWith("…", end);
  }

  private static boolean isWord(String text, int begin, int end) {
    return (begin == 0 || !isOfAWord(text.charAt(begin - 1)))
        && (end == text.length() || !isOfAWord(text.charAt(end)));
  }

  private static boolean isOfAWord(char character) {
    return Character.isLetterOrDigit(character) || character == '_';
  }

  /** In one case, and every character where it was. */
  private static String folded(String text) {
    StringBuilder folded = new StringBuilder(text);
    for (int at = 0; at < folded.length(); at++) {
      folded.setCharAt(at, Character.toLowerCase(Character.toUpperCase(folded.charAt(at))));
    }
    return folded.toString();
  }
}
