package org.diferido.oracledouble.dictionary;

/** What a procedure does. */
@FunctionalInterface
public interface Body {

  /**
   * Reads what went in and says what comes out.
   *
   * @throws org.diferido.oracledouble.value.OraException what the client is to see
   * @throws InterruptedException when the client has cancelled
   */
  void run(Call call) throws Exception;
}
