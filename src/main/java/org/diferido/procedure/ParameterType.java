package org.diferido.procedure;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The types of the databases, as far as they differ for a caller. The Java values that stand for
 * them between the wire and JDBC are named with each.
 */
public enum ParameterType {
  /** String. */
  TEXT,
  /** BigDecimal. */
  NUMBER,
  /** BigDecimal without a fraction. */
  INTEGER,
  /** BigDecimal; kept by the database as a binary floating-point number. */
  FLOAT,
  /** LocalDateTime: a date with its time of day, to the second, as Oracle's DATE. */
  DATE,
  /** LocalDateTime at midnight: a date without a time of day. */
  DAY,
  /** LocalDateTime. */
  TIMESTAMP,
  /** OffsetDateTime. */
  TIMESTAMP_WITH_ZONE,
  /** Duration. */
  DAY_INTERVAL,
  /** Period of years and months. */
  MONTH_INTERVAL,
  /** Boolean. */
  BOOLEAN,
  /** String. */
  CLOB,
  /** byte[]. */
  BLOB,
  /** byte[]. */
  BINARY,
  /** List of the values of its elements, any of which may be null. */
  COLLECTION,
  /** List of the values of its attributes in declared order, any of which may be null. */
  OBJECT,
  /** Rows that come back; never goes in. */
  CURSOR,
  /** A type that no value can be given for, nor taken from. */
  UNSUPPORTED;

  private static final Set<ParameterType> TEXTS = EnumSet.of(TEXT, CLOB);
  private static final Set<ParameterType> NUMBERS = EnumSet.of(NUMBER, INTEGER, FLOAT);
  private static final Set<ParameterType> TIMES =
      EnumSet.of(DATE, DAY, TIMESTAMP, TIMESTAMP_WITH_ZONE);
  private static final Set<ParameterType> INTERVALS = EnumSet.of(DAY_INTERVAL, MONTH_INTERVAL);
  private static final Set<ParameterType> BYTES = EnumSet.of(BLOB, BINARY);
  private static final Map<String, Set<ParameterType>> WORDS =
      Map.ofEntries(
          Map.entry("string", TEXTS),
          Map.entry("varchar", TEXTS),
          Map.entry("varchar2", TEXTS),
          Map.entry("nvarchar2", TEXTS),
          Map.entry("char", TEXTS),
          Map.entry("text", TEXTS),
          Map.entry("clob", TEXTS),
          Map.entry("number", NUMBERS),
          Map.entry("numeric", NUMBERS),
          Map.entry("decimal", NUMBERS),
          Map.entry("float", NUMBERS),
          Map.entry("double", NUMBERS),
          Map.entry("integer", EnumSet.of(NUMBER, INTEGER)),
          Map.entry("int", EnumSet.of(NUMBER, INTEGER)),
          Map.entry("date", TIMES),
          Map.entry("datetime", TIMES),
          Map.entry("timestamp", TIMES),
          Map.entry("interval", INTERVALS),
          Map.entry("boolean", EnumSet.of(BOOLEAN)),
          Map.entry("bool", EnumSet.of(BOOLEAN)),
          Map.entry("blob", BYTES),
          Map.entry("raw", BYTES),
          Map.entry("binary", BYTES),
          Map.entry("array", EnumSet.of(COLLECTION)),
          Map.entry("collection", EnumSet.of(COLLECTION)),
          Map.entry("table", EnumSet.of(COLLECTION)),
          Map.entry("varray", EnumSet.of(COLLECTION)),
          Map.entry("object", EnumSet.of(OBJECT)),
          Map.entry("struct", EnumSet.of(OBJECT)),
          Map.entry("cursor", EnumSet.of(CURSOR)),
          Map.entry("refcursor", EnumSet.of(CURSOR)),
          Map.entry("ref_cursor", EnumSet.of(CURSOR)),
          Map.entry("sys_refcursor", EnumSet.of(CURSOR)));

  /** Whether a request's {@code type} is a word of the contract at all. */
  static boolean isWord(String word) {
    return WORDS.containsKey(word.strip().toLowerCase(Locale.ROOT));
  }

  /** Whether a request's {@code type} fits this type. */
  boolean isCalled(String word) {
    return WORDS.getOrDefault(word.strip().toLowerCase(Locale.ROOT), Set.of()).contains(this);
  }
}
