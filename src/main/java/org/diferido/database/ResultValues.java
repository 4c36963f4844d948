package org.diferido.database;

import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a call gives back, under names that are made unique, and refuses more text than a
 * result may have. Text is measured in characters, so that nothing has to be encoded for it.
 */
public final class ResultValues {

  /** How much text the values of one result may have in all. */
  public static final int MOST_TEXT = 8 * 1024 * 1024;

  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Reading reading;
  private long text;

  ResultValues(Reading reading) {
    this.reading = reading;
  }

  /** Whether the call is to go on, for whoever adds many values or waits for them. */
  public Reading reading() {
    return reading;
  }

  /**
   * Adds a value.
   *
   * @param value of the kinds that {@link org.diferido.procedure.ProcedureResult} has
   * @throws org.diferido.failure.FailureException RESULT_TOO_LARGE
   */
  public void add(String name, @Nullable Object value) {
    if (value instanceof String string) {
      count(string.length());
    }
    values.put(unique(name, names), value);
  }

  /**
   * Adds a large text, which is not even read if it is too large, and frees it: a temporary one
   * would stay with its session.
   *
   * @throws org.diferido.failure.FailureException RESULT_TOO_LARGE, CANCELLED
   */
  public void addAndFree(String name, @Nullable Clob clob) throws SQLException {
    if (clob == null) {
      add(name, null);
      return;
    }
    try {
      reading.goOn();
      long length = clob.length();
      if (length > MOST_TEXT - text) {
        throw tooLarge();
      }
      add(name, clob.getSubString(1, (int) length));
    } finally {
      clob.free();
    }
  }

  /**
   * Adds large bytes as base64, which are not even read if they are too many, and frees them.
   *
   * @throws org.diferido.failure.FailureException RESULT_TOO_LARGE, CANCELLED
   */
  public void addAndFree(String name, @Nullable Blob blob) throws SQLException {
    if (blob == null) {
      add(name, null);
      return;
    }
    try {
      reading.goOn();
      long length = blob.length();
      if (length > (MOST_TEXT - text) / 4 * 3) {
        throw tooLarge();
      }
      add(name, JdbcValues.bytes(blob.getBytes(1, (int) length)));
    } finally {
      blob.free();
    }
  }

  /** What was added, in that order. */
  Map<String, @Nullable Object> values() {
    return values;
  }

  /** The name, or the name with the first number from 2 that nobody has: {@code NAME_2}. */
  static String unique(String name, Set<String> taken) {
    String unique = name;
    for (int number = 2; !taken.add(unique); number++) {
      unique = name + "_" + number;
    }
    return unique;
  }

  private void count(int length) {
    text += length;
    if (text > MOST_TEXT) {
      throw tooLarge();
    }
  }

  private static RuntimeException tooLarge() {
    return Failure.of(FailureCode.RESULT_TOO_LARGE, MOST_TEXT).toException();
  }
}
