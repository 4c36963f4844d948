package org.diferido.procedure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may call what: patterns of procedure names granted to groups. What is not granted is denied.
 *
 * <p>Written as {@code group=PATTERN,PATTERN;group=PATTERN}. A pattern is compared, in any case,
 * with the full name from the dictionary ({@code SCHEMA.PACKAGE.NAME}) and, for what is in the
 * default schema, with the name without the schema. {@code *} stands for anything, points included.
 */
public final class AccessPolicy {

  private static final Pattern GRANTABLE = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}_$#.*\" ]+");

  private final Map<String, List<Pattern>> grants;

  private AccessPolicy(Map<String, List<Pattern>> grants) {
    this.grants = grants;
  }

  /**
   * Reads a policy; a blank one grants nothing.
   *
   * @throws IllegalArgumentException that tells which part is not of the form
   */
  public static AccessPolicy parse(String text) {
    Map<String, List<Pattern>> grants = new HashMap<>();
    for (String entry : text.split(";")) {
      if (entry.isBlank()) {
        continue;
      }
      String[] sides = entry.split("=", -1);
      if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
        throw new IllegalArgumentException(
            "'" + entry.strip() + "' is not of the form group=PATTERN,PATTERN");
      }
      List<Pattern> patterns = grants.computeIfAbsent(sides[0].strip(), key -> new ArrayList<>());
      for (String pattern : sides[1].split(",")) {
        patterns.add(compile(pattern.strip()));
      }
    }
    return new AccessPolicy(grants);
  }

  /** Whether one of the groups is granted the procedure. */
  public boolean grants(Set<String> groups, QualifiedName procedure) {
    String full = procedure.full().toUpperCase(Locale.ROOT);
    String display = procedure.display().toUpperCase(Locale.ROOT);
    return groups.stream()
        .flatMap(group -> grants.getOrDefault(group, List.of()).stream())
        .anyMatch(pattern -> pattern.matcher(full).matches() || pattern.matcher(display).matches());
  }

  private static Pattern compile(String pattern) {
    if (!GRANTABLE.matcher(pattern).matches()) {
      throw new IllegalArgumentException("'" + pattern + "' is not a pattern of procedure names");
    }
    String quoted = Pattern.quote(pattern.toUpperCase(Locale.ROOT)).replace("*", "\\E.*\\Q");
    return Pattern.compile(quoted);
  }
}
