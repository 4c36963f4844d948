package org.diferido.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that is set for some procedures, written as {@code PATTERN=value;PATTERN=value}. Of
 * several patterns that match, the first counts.
 *
 * @param <V> what is set
 */
public final class ProcedureRules<V> {

  private final List<Rule<V>> rules;

  /** What is set for the procedures of one pattern. */
  public record Rule<V>(ProcedurePattern pattern, V value) {}

  private ProcedureRules(List<Rule<V>> rules) {
    this.rules = List.copyOf(rules);
  }

  /** Nothing is set. */
  public static <V> ProcedureRules<V> none() {
    return new ProcedureRules<>(List.of());
  }

  /**
   * Reads rules; a blank text has none.
   *
   * @param value reads a value, or throws an IllegalArgumentException that tells what it takes
   * @throws IllegalArgumentException that tells which part is not of the form
   */
  public static <V> ProcedureRules<V> parse(String text, Function<String, V> value) {
    List<Rule<V>> rules = new ArrayList<>();
    for (String entry : text.split(";")) {
      if (entry.isBlank()) {
        continue;
      }
      String[] sides = entry.split("=", -1);
      if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
        throw new IllegalArgumentException(
            "'" + entry.strip() + "' is not of the form PATTERN=value");
      }
      rules.add(new Rule<>(ProcedurePattern.parse(sides[0]), value.apply(sides[1].strip())));
    }
    return new ProcedureRules<>(rules);
  }

  /** The rule for a procedure, if there is one. */
  public Optional<Rule<V>> of(QualifiedName procedure) {
    return rules.stream().filter(rule -> rule.pattern.matches(procedure)).findFirst();
  }

  /** What is set for a procedure, if anything is. */
  public Optional<V> valueOf(QualifiedName procedure) {
    return of(procedure).map(Rule::value);
  }

  public List<Rule<V>> all() {
    return rules;
  }
}
