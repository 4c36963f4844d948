package org.diferido.oracledouble.plsql;

import java.util.List;

/**
 * An anonymous block that does nothing but call.
 *
 * @param binds the names of its binds, in the order in which they first come
 */
public record Block(List<String> binds, List<Invocation> invocations) {

  /**
   * One call.
   *
   * @param target the bind that gets what a function returns; null for none
   * @param position in the source, from 0
   */
  public record Invocation(String target, List<String> name, List<Actual> arguments, int position) {

    String spelledName() {
      return String.join(".", name);
    }
  }

  /**
   * What an argument is given.
   *
   * @param name null when it goes by its position
   * @param bind null for a literal and for a construction
   * @param construction null for anything but a call of a constructor
   */
  public record Actual(String name, String bind, Object literal, Construction construction) {

    boolean isNull() {
      return bind == null && literal == null && construction == null;
    }
  }

  /**
   * A call of a constructor, as far as anybody can tell before its name is looked up.
   *
   * @param position in the source, from 0
   */
  public record Construction(List<String> name, List<Actual> arguments, int position) {

    String spelledName() {
      return String.join(".", name);
    }
  }
}
