package org.diferido.procedure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One parameter as the dictionary declares it.
 *
 * @param name the dictionary's spelling
 * @param databaseType the database's name of the type, for people
 * @param optional whether it has a default and may be left out
 * @param maxLength most characters or bytes; of a NUMBER most significant digits, and of a FLOAT
 *     most binary ones; 0 when not limited or not known
 * @param integerDigits most digits before the decimal point, or 0 when not limited or not known
 * @param shape what a COLLECTION or an OBJECT is made of; {@link Shape#NONE} for all others
 */
public record Parameter(
    String name,
    Direction direction,
    ParameterType type,
    String databaseType,
    boolean optional,
    int maxLength,
    int integerDigits,
    Shape shape) {

  /** One whose values have no parts. */
  public Parameter(
      String name,
      Direction direction,
      ParameterType type,
      String databaseType,
      boolean optional,
      int maxLength,
      int integerDigits) {
    this(name, direction, type, databaseType, optional, maxLength, integerDigits, Shape.NONE);
  }

  /**
   * What the values of a type that somebody made consist of.
   *
   * @param schema where the type is, in the dictionary's spelling
   * @param typeName the type, in the dictionary's spelling
   * @param parts of an object its attributes in declared order; of a collection its one element,
   *     which has no name
   * @param mostElements how many elements a collection may have, or 0 when that is not limited
   */
  public record Shape(String schema, String typeName, List<Parameter> parts, int mostElements) {

    /** That of a value without parts. */
    public static final Shape NONE = new Shape("", "", List.of(), 0);

    public Shape {
      parts = List.copyOf(parts);
    }

    /** What each element of a collection is. */
    public Parameter element() {
      return parts.get(0);
    }
  }

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

  /** The one of that name, in any case; the exact spelling wins. */
  static Optional<Parameter> named(String given, List<Parameter> among) {
    return among.stream()
        .filter(each -> each.name().equals(given))
        .findFirst()
        .or(() -> among.stream().filter(each -> each.name().equalsIgnoreCase(given)).findFirst());
  }

  /** For people: {@code VFECHA IN DATE}. */
  @Override
  public String toString() {
    return name + " " + direction + " " + databaseType;
  }
}
