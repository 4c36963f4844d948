package org.diferido.database.oracle;

import java.util.stream.Collectors;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.QualifiedName;

/**
 * The text of a call: a block, arguments by name and in declared order, those with a default left
 * out where nothing is given for them.
 */
final class OracleCallText {

  /**
   * Without a limit; one that is reached would fail a procedure that works elsewhere. DISABLE
   * first, which empties the buffer: lines that could not be taken are another call's.
   */
  private static final String ENABLE_OUTPUT = "DBMS_OUTPUT.DISABLE; DBMS_OUTPUT.ENABLE(NULL); ";

  private OracleCallText() {}

  static String of(BoundCall call) {
    QualifiedName name = call.signature().name();
    String pack = name.packageName() == null ? "" : quoted(name.packageName()) + ".";
    String arguments =
        call.bindings().stream()
            .filter(BoundCall.Binding::isPassed)
            .map(OracleCallText::argument)
            .collect(Collectors.joining(", ", "(", ")"));
    return "BEGIN "
        + ENABLE_OUTPUT
        + (call.signature().isFunction() ? "? := " : "")
        + quoted(name.schema())
        + "."
        + pack
        + quoted(name.name())
        + arguments
        + "; END;";
  }

  private static String argument(BoundCall.Binding binding) {
    return quoted(binding.parameter().name()) + " => " + OracleExpression.of(binding).text();
  }

  /** The dictionary's spelling, in which there are no quotes (Database Object Names). */
  static String quoted(String identifier) {
    if (identifier.indexOf('"') >= 0) {
      throw new IllegalArgumentException("not an identifier: " + identifier);
    }
    return '"' + identifier + '"';
  }
}
