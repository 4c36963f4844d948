package org.diferido.procedure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may call what: patterns of procedure names granted to groups. What is not granted is denied.
 *
 * <p>Written as {@code group=PATTERN,PATTERN;group=PATTERN}, with patterns as in {@link
 * ProcedurePattern}.
 */
public final class AccessPolicy {

  private final Map<String, List<ProcedurePattern>> grants;

  private AccessPolicy(Map<String, List<ProcedurePattern>> grants) {
    this.grants = grants;
  }

  /**
   * Reads a policy; a blank one grants nothing.
   *
   * @throws IllegalArgumentException that tells which part is not of the form
   */
  public static AccessPolicy parse(String text) {
    Map<String, List<ProcedurePattern>> grants = new HashMap<>();
    for (String entry : text.split(";")) {
      if (entry.isBlank()) {
        continue;
      }
      String[] sides = entry.split("=", -1);
      if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
        throw new IllegalArgumentException(
            "'" + entry.strip() + "' is not of the form group=PATTERN,PATTERN");
      }
      List<ProcedurePattern> patterns =
          grants.computeIfAbsent(sides[0].strip(), key -> new ArrayList<>());
      for (String pattern : sides[1].split(",")) {
        patterns.add(ProcedurePattern.parse(pattern));
      }
    }
    return new AccessPolicy(grants);
  }

  /** Whether one of the groups is granted the procedure. */
  public boolean grants(Set<String> groups, QualifiedName procedure) {
    return patterns(groups).anyMatch(pattern -> pattern.matches(procedure));
  }

  /** What the groups are granted together. */
  public List<ProcedurePattern> grantedTo(Set<String> groups) {
    return patterns(groups).toList();
  }

  private Stream<ProcedurePattern> patterns(Set<String> groups) {
    return groups.stream().flatMap(group -> grants.getOrDefault(group, List.of()).stream());
  }
}
