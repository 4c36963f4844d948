package org.diferido.procedure;

import java.util.Locale;
import java.util.Optional;

/**
 * One parameter as the dictionary declares it.
 *
 * @param name the dictionary's spelling
 * @param databaseType the database's name of the type, for people
 * @param optional whether it has a default and may be left out
 * @param maxLength most characters or bytes, or 0 when not limited or not known
 * @param integerDigits most digits before the decimal point, or 0 when not limited or not known
 */
public record Parameter(
    String name,
    Direction direction,
    ParameterType type,
    String databaseType,
    boolean optional,
    int maxLength,
    int integerDigits) {

  /** Which way a value goes. */
  public enum Direction {
    IN,
    OUT,
    INOUT;

    /** Reads {@code IN}, {@code OUT}, {@code INOUT} or {@code IN OUT}, in any case. */
    public static Optional<Direction> parse(String text) {
      return switch (text.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ")) {
        case "IN" -> Optional.of(IN);
        case "OUT" -> Optional.of(OUT);
        case "INOUT", "IN OUT" -> Optional.of(INOUT);
        default -> Optional.empty();
      };
    }

    public boolean goesIn() {
      return this != OUT;
    }

    public boolean comesOut() {
      return this != IN;
    }
  }

  /** For people: {@code VFECHA IN DATE}. */
  @Override
  public String toString() {
    return name + " " + direction + " " + databaseType;
  }
}
