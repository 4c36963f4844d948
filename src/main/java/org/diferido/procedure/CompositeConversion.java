package org.diferido.procedure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diferido.procedure.ValueConversion.Refused;
import org.jspecify.annotations.Nullable;

/**
 * From JSON arrays and objects to the values of collections and objects. Every attribute has to be
 * there: one that is left out may be a slip of the pen, and null can be written.
 */
final class CompositeConversion {

  /** Longer than an identifier of any database; not worth being sent back. */
  private static final int LONGEST_NAME = 128;

  private CompositeConversion() {}

  /** The values of a collection's elements, in the order of the array. */
  static List<@Nullable Object> elements(Object value, Parameter collection) throws Refused {
    if (!(value instanceof List<?> given)) {
      throw new Refused("value.array", collection.databaseType());
    }
    int most = collection.shape().mostElements();
    if (most > 0 && given.size() > most) {
      throw new Refused("value.too_many_elements", most, given.size());
    }
    Parameter element = collection.shape().element();
    List<@Nullable Object> values = new ArrayList<>(given.size());
    for (int at = 0; at < given.size(); at++) {
      values.add(part(given.get(at), element, Integer.toString(at)));
    }
    return values;
  }

  /** The values of an object's attributes, in declared order. */
  static List<@Nullable Object> attributes(Object value, Parameter object) throws Refused {
    if (!(value instanceof Map<?, ?> given)) {
      throw new Refused("value.object", object.databaseType());
    }
    Map<String, @Nullable Object> byName = byDeclaredName(given, object);
    List<@Nullable Object> values = new ArrayList<>();
    for (Parameter attribute : object.shape().parts()) {
      if (!byName.containsKey(attribute.name())) {
        throw new Refused("value.attribute_missing", attribute.name(), object.databaseType());
      }
      values.add(byName.get(attribute.name()));
    }
    return values;
  }

  private static Map<String, @Nullable Object> byDeclaredName(Map<?, ?> given, Parameter object)
      throws Refused {
    Map<String, @Nullable Object> byName = new HashMap<>();
    for (Map.Entry<?, ?> member : given.entrySet()) {
      String name = String.valueOf(member.getKey());
      Parameter attribute = Parameter.named(name, object.shape().parts()).orElse(null);
      if (attribute == null) {
        throw stranger(name, object);
      }
      if (byName.containsKey(attribute.name())) {
        throw new Refused("value.attribute_twice", attribute.name()).within(name);
      }
      byName.put(attribute.name(), part(member.getValue(), attribute, name));
    }
    return byName;
  }

  private static Refused stranger(String name, Parameter object) {
    return name.length() > LONGEST_NAME
        ? new Refused("value.attribute_unknown", "…", object.databaseType())
        : new Refused("value.attribute_unknown", name, object.databaseType()).within(name);
  }

  private static @Nullable Object part(@Nullable Object value, Parameter part, String member)
      throws Refused {
    try {
      return value == null ? null : ValueConversion.convert(value, part);
    } catch (Refused refused) {
      throw refused.within(member);
    }
  }

  /**
   * How many values a converted value is for the database: its scalars, with a part that is null or
   * empty as one.
   */
  static int size(@Nullable Object converted) {
    return converted instanceof List<?> parts && !parts.isEmpty()
        ? parts.stream().mapToInt(CompositeConversion::size).sum()
        : 1;
  }

  /** How many of the numbers of a JSON value that fits a parameter are taken as text. */
  static int numbersAsText(@Nullable Object given, Parameter parameter) {
    return switch (parameter.type()) {
      case TEXT, CLOB -> given instanceof BigDecimal ? 1 : 0;
      case COLLECTION ->
          given instanceof List<?> elements
              ? elements.stream()
                  .mapToInt(each -> numbersAsText(each, parameter.shape().element()))
                  .sum()
              : 0;
      case OBJECT ->
          given instanceof Map<?, ?> members
              ? members.entrySet().stream().mapToInt(each -> numbersAsText(each, parameter)).sum()
              : 0;
      default -> 0;
    };
  }

  private static int numbersAsText(Map.Entry<?, ?> member, Parameter object) {
    return Parameter.named(String.valueOf(member.getKey()), object.shape().parts())
        .map(attribute -> numbersAsText(member.getValue(), attribute))
        .orElse(0);
  }
}
