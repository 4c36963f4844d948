package org.diferido.database.hsqldb;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.procedure.ParameterType;
import org.jspecify.annotations.Nullable;

/**
 * A type as HSQLDB's dictionary writes it in {@code DTD_IDENTIFIER}, the only place where it tells
 * the scale of a number.
 *
 * @param shown the name for people; what Oracle's syntax calls NUMBER and DATE is called so
 * @param maxLength most characters or bytes, or 0
 * @param integerDigits most digits before the decimal point, or 0
 */
record HsqldbType(ParameterType type, String shown, int maxLength, int integerDigits) {

  private static final Pattern FORM =
      Pattern.compile("([A-Z_ ]+?)(?:\\((\\d+)(?:,(\\d+))?\\))?( WITH TIME ZONE)?");

  /** What an unlimited NUMBER becomes. */
  private static final String NUMBER = "DECIMAL(128,32)";

  /** What DATE becomes, with its time of day as in Oracle. */
  private static final String DATE = "TIMESTAMP(0)";

  /** Large objects are declared with a size such as {@code 1G}. */
  private static final Pattern LARGE_OBJECT = Pattern.compile("([CB]LOB)(\\(\\d+[KMGTP]?\\))?");

  /** Reads a type; one that no value can be given for is {@link ParameterType#UNSUPPORTED}. */
  static HsqldbType parse(String declared) {
    if (declared.equals(NUMBER)) {
      return new HsqldbType(ParameterType.NUMBER, "NUMBER", 0, 128 - 32);
    } else if (declared.equals(DATE)) {
      return new HsqldbType(ParameterType.DATE, "DATE", 0, 0);
    }
    Matcher large = LARGE_OBJECT.matcher(declared);
    if (large.matches()) {
      String name = large.group(1);
      return new HsqldbType(ParameterType.valueOf(name), name, 0, 0);
    }
    Matcher form = FORM.matcher(declared);
    return form.matches() ? ofForm(declared, form) : unsupported(declared);
  }

  private static HsqldbType ofForm(String declared, Matcher form) {
    int size = number(form.group(2));
    int scale = number(form.group(3));
    boolean zone = form.group(4) != null;
    return switch (form.group(1)) {
      case "CHARACTER", "CHAR", "VARCHAR", "VARCHAR_IGNORECASE" ->
          new HsqldbType(ParameterType.TEXT, declared, size, 0);
      case "BINARY", "VARBINARY" -> new HsqldbType(ParameterType.BINARY, declared, size, 0);
      case "DECIMAL", "NUMERIC" -> new HsqldbType(ParameterType.NUMBER, declared, 0, size - scale);
      case "TINYINT" -> new HsqldbType(ParameterType.INTEGER, declared, 0, 3);
      case "SMALLINT" -> new HsqldbType(ParameterType.INTEGER, declared, 0, 5);
      case "INTEGER" -> new HsqldbType(ParameterType.INTEGER, declared, 0, 10);
      case "BIGINT" -> new HsqldbType(ParameterType.INTEGER, declared, 0, 19);
      case "DOUBLE" -> new HsqldbType(ParameterType.FLOAT, declared, 0, 0);
      case "BOOLEAN" -> new HsqldbType(ParameterType.BOOLEAN, declared, 0, 0);
      case "DATE" -> new HsqldbType(ParameterType.DATE, declared, 0, 0);
      case "TIMESTAMP" ->
          new HsqldbType(
              zone ? ParameterType.TIMESTAMP_WITH_ZONE : ParameterType.TIMESTAMP, declared, 0, 0);
      default -> unsupported(declared);
    };
  }

  private static HsqldbType unsupported(String declared) {
    return new HsqldbType(ParameterType.UNSUPPORTED, declared, 0, 0);
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
