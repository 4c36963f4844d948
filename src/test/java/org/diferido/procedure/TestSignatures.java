package org.diferido.procedure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.procedure.Parameter.Direction;

/** Signatures from a few words: {@code P_TEXT IN VARCHAR(10)}, {@code P_N IN NUMBER DEFAULT}. */
public final class TestSignatures {

  private static final Pattern PARAMETER =
      Pattern.compile("(\\S+) (IN|OUT|INOUT) (\\w+)(?:\\((\\d+)\\))?( DEFAULT)?");

  /** The types whose database name is not that of their {@link ParameterType}. */
  private static final Map<String, ParameterType> TYPES =
      Map.of(
          "VARCHAR",
          ParameterType.TEXT,
          "DECIMAL",
          ParameterType.NUMBER,
          "XML",
          ParameterType.UNSUPPORTED);

  private TestSignatures() {}

  /** A procedure; it is in the default schema if that is PUBLIC. */
  public static Signature procedure(String schema, String name, String... parameters) {
    List<Parameter> declared = Arrays.stream(parameters).map(TestSignatures::parameter).toList();
    QualifiedName qualified =
        new QualifiedName(
            schema, null, name, schema.equals(InMemoryProcedureGateway.DEFAULT_SCHEMA));
    return new Signature(qualified, name + "_" + declared.size(), declared, null);
  }

  static Parameter parameter(String text) {
    Matcher form = PARAMETER.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(text);
    }
    String type = form.group(3);
    String size = form.group(4);
    return new Parameter(
        form.group(1),
        Direction.valueOf(form.group(2)),
        TYPES.containsKey(type) ? TYPES.get(type) : ParameterType.valueOf(type),
        size == null ? type : type + "(" + size + ")",
        form.group(5) != null,
        size == null ? 0 : Integer.parseInt(size),
        type.equals("DECIMAL") ? 28 : 0);
  }
}
