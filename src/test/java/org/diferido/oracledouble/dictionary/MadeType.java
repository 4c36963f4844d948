package org.diferido.oracledouble.dictionary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.oracledouble.value.DataType;

/**
 * A type made with CREATE TYPE.
 *
 * @param parts the attributes, or the one element
 * @param limit of a VARRAY; else null
 */
public record MadeType(
    String owner, String name, Kind kind, List<Part> parts, Integer limit, boolean instantiable) {

  private static final Pattern COLLECTION =
      Pattern.compile("(TABLE|VARRAY\\s*\\((\\d+)\\)) OF (.+)");
  private static final Pattern MADE = Pattern.compile("(REF )?([\\w$#]+)\\.([\\w$#]+)");
  private static final Pattern ATTRIBUTE = Pattern.compile("(\"[^\"]+\"|[\\w$#]+) (.+)");

  /** What it is; of something OPAQUE nothing is known. */
  public enum Kind {
    TABLE,
    VARRAY,
    OBJECT,
    OPAQUE
  }

  /**
   * An attribute or an element.
   *
   * @param name null for an element
   * @param type a scalar's; of a type that somebody made only its path
   */
  public record Part(String name, DataType type, boolean isReference) {

    static Part parse(String name, String declaration) {
      Matcher made = MADE.matcher(declaration);
      if (!made.matches()) {
        return new Part(name, DataType.parse(declaration), false);
      }
      List<String> path = List.of(made.group(2), made.group(3));
      DataType type = new DataType(made.group(3), null, null, null, null, path);
      return new Part(name, type, made.group(1) != null);
    }

    public boolean isMade() {
      return !type.path().isEmpty();
    }
  }

  /**
   * Reads a declaration.
   *
   * @param kind {@code TABLE OF NUMBER(10)}, {@code VARRAY(3) OF APP.T_PERSONA}, {@code OBJECT},
   *     {@code NOT INSTANTIABLE OBJECT}, {@code OPAQUE}
   * @param attributes {@code "NOMBRE VARCHAR2(40)"}; a type that somebody made goes with its owner,
   *     a reference to one as {@code REF APP.T_PERSONA}
   */
  static MadeType parse(String owner, String name, String kind, String... attributes) {
    Matcher collection = COLLECTION.matcher(kind);
    if (collection.matches()) {
      String limit = collection.group(2);
      return new MadeType(
          owner,
          name,
          limit == null ? Kind.TABLE : Kind.VARRAY,
          List.of(Part.parse(null, collection.group(3))),
          limit == null ? null : Integer.valueOf(limit),
          true);
    }
    boolean instantiable = !kind.startsWith("NOT INSTANTIABLE ");
    Kind made = Kind.valueOf(kind.replace("NOT INSTANTIABLE ", "").toUpperCase(Locale.ROOT));
    List<Part> parts = new ArrayList<>(Arrays.stream(attributes).map(MadeType::attribute).toList());
    return new MadeType(owner, name, made, List.copyOf(parts), null, instantiable);
  }

  private static Part attribute(String declaration) {
    Matcher form = ATTRIBUTE.matcher(declaration);
    if (!form.matches()) {
      throw new IllegalArgumentException("no attribute: " + declaration);
    }
    return Part.parse(Names.fold(form.group(1)), form.group(2));
  }

  public boolean isCollection() {
    return kind == Kind.TABLE || kind == Kind.VARRAY;
  }

  public List<String> path() {
    return List.of(owner, name);
  }
}
