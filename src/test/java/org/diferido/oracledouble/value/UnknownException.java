package org.diferido.oracledouble.value;

/** Something that the double was never taught. Such a call ends with ORA-00600. */
public final class UnknownException extends OraException {

  private final String what;

  public UnknownException(String what) {
    super(INTERNAL, "the double does not know: " + what);
    this.what = what;
  }

  public String what() {
    return what;
  }
}
