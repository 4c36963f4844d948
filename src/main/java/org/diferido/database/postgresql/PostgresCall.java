package org.diferido.database.postgresql;

import java.util.List;
import java.util.stream.Collectors;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.BoundCall.Binding;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.QualifiedName;

/**
 * The text of a call in PostgreSQL's own words rather than JDBC's {@code {call}}, which means
 * something else with each setting of the driver (escapeSyntaxCallMode). Arguments go by name, in
 * declared order; what comes out is a row.
 */
final class PostgresCall {

  /** What comes before a call's id where its session tells what it is. */
  static final String TAG = "diferido:";

  private PostgresCall() {}

  static String text(BoundCall call, CallTag tag) {
    QualifiedName name = call.signature().name();
    String routine = quoted(name.schema()) + "." + quoted(name.name());
    return comment(tag.id())
        + (isFunction(call) ? function(call, routine) : procedure(call, routine));
  }

  /**
   * By what the statements of a call are found in pg_stat_activity: at their beginning, since of a
   * long statement it shows only that.
   */
  static String comment(String id) {
    return "/* " + TAG + id + " */ ";
  }

  static boolean isFunction(BoundCall call) {
    return call.signature().specificName().startsWith(PostgresSignatures.FUNCTION);
  }

  private static String procedure(BoundCall call, String routine) {
    return "CALL "
        + routine
        + arguments(call.bindings().stream().filter(Binding::isPassed).toList());
  }

  /** A value is selected under a name of ours; rows and OUT parameters have names of their own. */
  private static String function(BoundCall call, String routine) {
    String arguments =
        arguments(
            call.bindings().stream()
                .filter(Binding::isPassed)
                .filter(binding -> binding.parameter().direction() != Direction.OUT)
                .toList());
    Parameter returns = call.signature().returns();
    boolean value = returns != null && !returns.databaseType().startsWith("SETOF ");
    return value
        ? "SELECT " + routine + arguments + " AS value"
        : "SELECT * FROM " + routine + arguments;
  }

  private static String arguments(List<Binding> bindings) {
    return bindings.stream()
        .map(PostgresCall::argument)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The cast tells the server the type, also of a null, so that it finds the right overload. */
  private static String argument(Binding binding) {
    Parameter parameter = binding.parameter();
    boolean in = parameter.direction().goesIn() && parameter.type() != ParameterType.CURSOR;
    return quoted(parameter.name())
        + " => CAST("
        + (in ? "?" : "NULL")
        + " AS "
        + parameter.databaseType()
        + ")";
  }

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
