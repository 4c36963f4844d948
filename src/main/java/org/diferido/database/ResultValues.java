package org.diferido.database;

import java.io.StringReader;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.LargeValue.Kind;
import org.diferido.procedure.ResultSink;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a call gives back, under names that are made unique. What is large goes to a sink
 * while it is read; more other text than a result may have is refused. Text is measured in
 * characters, so that nothing has to be encoded for it.
 */
public final class ResultValues {

  /** How much text the values of one result may have in all, but for what is kept apart. */
  public static final int MOST_TEXT = 8 * 1024 * 1024;

  /** The names of rows that no parameter has begin so, from 1. */
  public static final String RESULT_SET = "result_set_";

  /** A text that is longer is kept apart. */
  static final int LONGEST_TEXT = 256 * 1024;

  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Reading reading;
  private final ResultSink sink;
  private long text;

  ResultValues(Reading reading, ResultSink sink) {
    this.reading = reading;
    this.sink = sink;
  }

  /** Whether the call is to go on, for whoever waits for values. */
  public Reading reading() {
    return reading;
  }

  /** Reads the rows of a cursor. */
  public interface Fetch {
    void into(RowGathering rows) throws SQLException;
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
   * Adds a text, which is kept apart if it is long.
   *
   * @throws org.diferido.failure.FailureException as {@link ResultSink}; RESULT_TOO_LARGE,
   *     CANCELLED
   */
  public void addText(String name, @Nullable String value) throws SQLException {
    if (value == null || value.length() <= LONGEST_TEXT) {
      add(name, value);
    } else {
      addLarge(name, Kind.TEXT, large -> large.of(new StringReader(value)));
    }
  }

  /**
   * Adds a large text, which is kept apart if it is long, and frees it: a temporary one would stay
   * with its session.
   *
   * @throws org.diferido.failure.FailureException as {@link ResultSink}; RESULT_TOO_LARGE,
   *     CANCELLED
   */
  public void addAndFree(String name, @Nullable Clob clob) throws SQLException {
    if (clob == null) {
      add(name, null);
      return;
    }
    try {
      reading.goOn();
      long length = clob.length();
      if (length <= LONGEST_TEXT) {
        add(name, clob.getSubString(1, (int) length));
      } else {
        addLarge(name, Kind.TEXT, large -> large.of(clob.getCharacterStream()));
      }
    } finally {
      clob.free();
    }
  }

  /**
   * Adds large bytes, which are kept apart however few they are, and frees them.
   *
   * @throws org.diferido.failure.FailureException as {@link ResultSink}; CANCELLED
   */
  public void addAndFree(String name, @Nullable Blob blob) throws SQLException {
    if (blob == null) {
      add(name, null);
      return;
    }
    try {
      addLarge(name, Kind.BYTES, large -> large.of(blob.getBinaryStream()));
    } finally {
      blob.free();
    }
  }

  /**
   * Adds the rows of a cursor, all of which are kept apart if they are many or large.
   *
   * @throws org.diferido.failure.FailureException as {@link ResultSink}; RESULT_TOO_LARGE,
   *     CANCELLED
   */
  public void addRows(String name, Fetch fetch) throws SQLException {
    String unique = unique(name, names);
    RowGathering rows = new RowGathering(unique, sink, reading);
    fetch.into(rows);
    values.put(unique, rows.end());
  }

  private interface LargeStep {
    LargeValue pass(LargeValueReading large) throws SQLException;
  }

  private void addLarge(String name, Kind kind, LargeStep step) throws SQLException {
    String unique = unique(name, names);
    reading.goOn();
    values.put(unique, step.pass(new LargeValueReading(unique, kind, sink, reading)));
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
