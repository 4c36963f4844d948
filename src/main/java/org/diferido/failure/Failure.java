package org.diferido.failure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, in the one form in which it is logged, stored and sent.
 *
 * @param code which failure
 * @param arguments what goes into the code's text
 * @param fields the places of the request that are wrong, if it is the request's fault
 * @param databaseCode the database's own code, such as {@code ORA-20001}, if the database said it
 */
public record Failure(
    FailureCode code,
    List<String> arguments,
    List<FieldError> fields,
    @Nullable String databaseCode) {

  public Failure {
    arguments = List.copyOf(arguments);
    fields = List.copyOf(fields);
  }

  public static Failure of(FailureCode code, Object... arguments) {
    return new Failure(code, Message.of("", arguments).arguments(), List.of(), null);
  }

  /** A request whose named places are wrong. */
  public static Failure ofFields(FailureCode code, List<FieldError> fields) {
    return new Failure(code, List.of(), fields, null);
  }

  /** An error told by the database, with the text it told. */
  public static Failure ofDatabase(FailureCode code, String databaseCode, String text) {
    return new Failure(code, List.of(text), List.of(), databaseCode);
  }

  /** The code told to clients in {@code error_detail.code}: the database's own where it has one. */
  public String reportedCode() {
    return databaseCode == null ? code.reported() : databaseCode;
  }

  /** A few words that are the same for every failure of this code. */
  public String title(Language language) {
    return Message.of("title." + code.name()).in(language);
  }

  /** What happened this time; with wrong fields, each with its place. */
  public String text(Language language) {
    String text = new Message("failure." + code.name(), arguments).in(language);
    if (fields.isEmpty()) {
      return text;
    }
    StringBuilder all = new StringBuilder(text);
    for (FieldError field : fields) {
      all.append(all.length() == text.length() ? ": " : "; ")
          .append(field.pointer().isEmpty() ? "" : field.pointer() + ": ")
          .append(field.message().in(language));
    }
    return all.toString();
  }

  /** This failure as something to throw. */
  public FailureException toException() {
    return new FailureException(this, null);
  }
}
