package org.diferido.oracledouble.dictionary;

import java.util.List;

/**
 * One overload of a procedure or a function.
 *
 * @param id within its object
 * @param returned null for a procedure
 */
public record Subprogram(
    int id, String name, Argument returned, List<Argument> arguments, Body body) {

  public boolean isFunction() {
    return returned != null;
  }
}
