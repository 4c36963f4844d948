package org.diferido.procedure;

import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a procedure is, in the dictionary's own spelling.
 *
 * @param schema the schema it is in; a database without packages has it stand for the package
 * @param packageName its package, or null
 * @param name its own name
 * @param inDefaultSchema whether the schema is the one the service's connections are in
 */
public record QualifiedName(
    String schema, @Nullable String packageName, String name, boolean inDefaultSchema) {

  /**
   * The order of lists: by schema, then by what is in it, then by what is in that. It compares
   * characters, as no language sorts them.
   */
  public static final Comparator<QualifiedName> ORDER =
      Comparator.comparing(QualifiedName::schema)
          .thenComparing(QualifiedName::object)
          .thenComparing(name -> name.packageName == null ? "" : name.name);

  /** The package, or what is in none. */
  public String object() {
    return packageName == null ? name : packageName;
  }

  /** {@code SCHEMA.PACKAGE.NAME}, or {@code SCHEMA.NAME}. */
  public String full() {
    return joined(schema, packageName, name);
  }

  /** The same without the schema where that is the default one. */
  public String display() {
    return inDefaultSchema ? joined(null, packageName, name) : full();
  }

  private static String joined(@Nullable String schema, @Nullable String pack, String name) {
    return Stream.of(schema, pack, name)
        .filter(part -> part != null)
        .collect(Collectors.joining("."));
  }
}
