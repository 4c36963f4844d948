package org.diferido.procedure;

import org.jspecify.annotations.Nullable;

/**
 * An area of a dictionary: some of its schemas, and in these what begins in some way.
 *
 * @param schema which schemas; null for the default one
 * @param object which packages, or procedures that are in none
 */
public record NameArea(@Nullable Beginning schema, Beginning object) {

  /**
   * How names begin, in any case.
   *
   * @param text as it was written
   * @param whole whether nothing comes behind it
   */
  public record Beginning(String text, boolean whole) {

    /** That of every name. */
    public static final Beginning ANY = new Beginning("", false);
  }
}
