package org.diferido.database.oracle;

import java.util.ArrayList;
import java.util.List;
import org.diferido.procedure.BoundCall.Binding;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Shape;
import org.diferido.procedure.ParameterType;
import org.jspecify.annotations.Nullable;

/**
 * What one argument is given in the text of a call: a place for a scalar, and the calls of the
 * constructors for a collection or an object, with a place for each scalar in it:
 *
 * <pre>
 * "APP"."T_LISTA"(?, ?)
 * "APP"."T_PERSONAS"("APP"."T_PERSONA"("NOMBRE" => ?, "TELEFONOS" => "APP"."T_LISTA"()), NULL)
 * </pre>
 *
 * Attributes go by their names, so that it does not matter in which order the dictionary tells
 * those of a supertype (Object-Relational Developer's Guide, "Calling Object Constructors and
 * Methods").
 */
final class OracleExpression {

  private static final String NULL = "NULL";

  private final StringBuilder text = new StringBuilder();
  private final List<Binding> scalars = new ArrayList<>();

  private OracleExpression() {}

  static OracleExpression of(Binding binding) {
    OracleExpression expression = new OracleExpression();
    if (isComposite(binding.parameter())) {
      expression.add(binding.parameter(), binding.value());
    } else {
      expression.addPlace(binding);
    }
    return expression;
  }

  String text() {
    return text.toString();
  }

  /** What is bound to its places, in their order. */
  List<Binding> scalars() {
    return scalars;
  }

  private static boolean isComposite(Parameter parameter) {
    return parameter.type() == ParameterType.COLLECTION || parameter.type() == ParameterType.OBJECT;
  }

  /**
   * The driver makes other intervals of a Duration with a fraction or below zero than it stands for
   * (seen in 23.26.4), so they go in as text, which the database reads.
   */
  private void addPlace(Binding scalar) {
    boolean goesIn = scalar.parameter().direction().goesIn();
    text.append(
        switch (scalar.parameter().type()) {
          case DAY_INTERVAL -> goesIn ? "TO_DSINTERVAL(?)" : "?";
          case MONTH_INTERVAL -> goesIn ? "TO_YMINTERVAL(?)" : "?";
          default -> "?";
        });
    scalars.add(scalar);
  }

  private void add(Parameter part, @Nullable Object value) {
    if (!isComposite(part)) {
      addPlace(new Binding(part, -1, value, part.name()));
    } else if (value == null) {
      // The driver would have to be told the type of a null that is bound.
      text.append(NULL);
    } else {
      addConstruction(part, (List<?>) value);
    }
  }

  private void addConstruction(Parameter composite, List<?> values) {
    Shape shape = composite.shape();
    text.append(OracleCallText.quoted(shape.schema()))
        .append('.')
        .append(OracleCallText.quoted(shape.typeName()))
        .append('(');
    for (int at = 0; at < values.size(); at++) {
      text.append(at == 0 ? "" : ", ");
      if (composite.type() == ParameterType.OBJECT) {
        Parameter attribute = shape.parts().get(at);
        text.append(OracleCallText.quoted(attribute.name())).append(" => ");
        add(attribute, values.get(at));
      } else {
        add(shape.element(), values.get(at));
      }
    }
    text.append(')');
  }
}
