package org.diferido.it;

/** Bodies of calls to the demo's procedures. */
final class Calls {

  /** The origin's own example. */
  static final String SEED =
      """
      {"name":"PKG_ETL.PROCESO_LARGO","params":[
        {"name":"vFECHA","value":"2025-12-10"},
        {"name":"vRESULTADO","direction":"OUT","type":"number"}]}""";

  private Calls() {}

  /** A call that sleeps. */
  static String sleeping(String seconds) {
    return """
        {"name":"PROC_TEST_DEMORA","params":[{"name":"segundos","value":%s}]}"""
        .formatted(seconds);
  }

  /** A call that gives its text back. */
  static String echo(String text) {
    return """
        {"name":"PROC_TEST","params":[{"name":"p_input","value":"%s"},
        {"name":"p_output","direction":"OUT"}]}"""
        .formatted(text);
  }
}
