package org.diferido.procedure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which parameters are secret, by their names: patterns where {@code *} stands for anything, in any
 * case. Their values leave the service, and are stored, as {@link #MASK}.
 */
public final class SecretNames {

  /** What stands in place of a secret value. */
  public static final String MASK = "***";

  private final List<Pattern> patterns;

  private SecretNames(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * Reads a list of patterns.
   *
   * @param list patterns parted by commas, such as {@code *password*,*clave*}; blank means none
   */
  public static SecretNames parse(String list) {
    return new SecretNames(
        Arrays.stream(list.split(","))
            .map(String::strip)
            .filter(pattern -> !pattern.isEmpty())
            .map(SecretNames::compile)
            .toList());
  }

  public boolean match(String parameterName) {
    String name = parameterName.toLowerCase(Locale.ROOT);
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  private static Pattern compile(String glob) {
    String quoted = Pattern.quote(glob.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q");
    return Pattern.compile(quoted, Pattern.DOTALL);
  }
}
