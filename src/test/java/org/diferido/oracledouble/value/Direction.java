package org.diferido.oracledouble.value;

/** Which way an argument goes. */
public enum Direction {
  IN("IN", 32),
  OUT("OUT", 16),
  IN_OUT("IN/OUT", 48);

  private final String dictionaryName;
  private final int wireCode;

  Direction(String dictionaryName, int wireCode) {
    this.dictionaryName = dictionaryName;
    this.wireCode = wireCode;
  }

  /** As ALL_ARGUMENTS.IN_OUT has it. */
  public String dictionaryName() {
    return dictionaryName;
  }

  public int wireCode() {
    return wireCode;
  }
}
