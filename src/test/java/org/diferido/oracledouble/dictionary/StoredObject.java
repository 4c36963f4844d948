package org.diferido.oracledouble.dictionary;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A package, or a procedure or function that stands alone. */
public final class StoredObject {

  private final String owner;
  private final String name;
  private final int id;
  private final boolean isPackage;
  private final List<Subprogram> subprograms = new CopyOnWriteArrayList<>();

  StoredObject(String owner, String name, int id, boolean isPackage) {
    this.owner = owner;
    this.name = name;
    this.id = id;
    this.isPackage = isPackage;
  }

  void add(String subprogram, Argument returned, List<Argument> arguments, Body body) {
    subprograms.add(new Subprogram(subprograms.size() + 1, subprogram, returned, arguments, body));
  }

  public String owner() {
    return owner;
  }

  public String name() {
    return name;
  }

  public int id() {
    return id;
  }

  public boolean isPackage() {
    return isPackage;
  }

  public List<Subprogram> subprograms() {
    return subprograms;
  }

  public List<Subprogram> overloads(String subprogram) {
    return subprograms.stream().filter(each -> each.name().equals(subprogram)).toList();
  }

  /** As ALL_PROCEDURES.OBJECT_TYPE has it. */
  public String kind() {
    if (isPackage) {
      return "PACKAGE";
    }
    return subprograms.get(0).isFunction() ? "FUNCTION" : "PROCEDURE";
  }

  /** As NAME_RESOLVE tells it. */
  int typeNumber() {
    return switch (kind()) {
      case "PACKAGE" -> 9;
      case "FUNCTION" -> 8;
      default -> 7;
    };
  }
}
