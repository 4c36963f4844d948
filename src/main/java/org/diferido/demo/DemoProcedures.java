package org.diferido.demo;

import static java.sql.ResultSet.CONCUR_READ_ONLY;
import static java.sql.ResultSet.TYPE_SCROLL_INSENSITIVE;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import org.diferido.procedure.Progress;
import org.diferido.procedure.ProgressChannel;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of the demo's procedures that are not plain SQL. The embedded database calls them on
 * the thread of the call; an array of one element is an OUT parameter. Errors look like Oracle's.
 */
public final class DemoProcedures {

  private static final String SECONDS_PROPERTY = "diferido.demo.seconds";
  private static final String SECONDS_VARIABLE = "DIFERIDO_DEMO_SECONDS";
  private static final String DEFAULT_SECONDS = "10";
  private static final int LOTS = 50;
  private static final int RECORDS_PER_DAY = 25;
  private static final int LONGEST_DELAY = 86_400;
  private static final Duration REPORT_EVERY = Duration.ofMillis(200);
  private static final String SALES =
      "SELECT * FROM TABLE(PKG_REPORTES.VENTAS(CAST(? AS DATE), CAST(? AS INTEGER)))";
  private static final String ROWS = "SELECT * FROM TABLE(PKG_REPORTES.FILAS(CAST(? AS INTEGER)))";
  private static final int MOST_ROWS = 1_000_000;
  private static final String ORACLE_STATE = "72000";

  private DemoProcedures() {}

  /**
   * PKG_ETL.PROCESO_LARGO: works through 50 lots of 25 × day-of-month records each, in about {@code
   * diferido.demo.seconds} seconds (also {@code DIFERIDO_DEMO_SECONDS}, default 10).
   *
   * @throws SQLException ORA-20002 without a date
   */
  public static void procesoLargo(@Nullable Timestamp vFecha, BigDecimal[] vResultado)
      throws SQLException {
    if (vFecha == null) {
      throw error(20002, "vFECHA es obligatoria");
    }
    long records = 0;
    long begin = System.nanoTime();
    Duration whole = wholeTime();
    for (int lot = 1; lot <= LOTS; lot++) {
      pauseUntil(begin + whole.multipliedBy(lot).dividedBy(LOTS).toNanos());
      records += (long) RECORDS_PER_DAY * vFecha.toLocalDateTime().getDayOfMonth();
      String message = "Lote %d de %d: %d registros".formatted(lot, LOTS, records);
      report(BigDecimal.valueOf(lot), BigDecimal.valueOf(LOTS), "lotes", message);
    }
    vResultado[0] = BigDecimal.valueOf(records);
  }

  /**
   * PKG_REPORTES.GENERAR_MENSUAL: the sales of a month, as a result set, and how many they are.
   *
   * @throws SQLException ORA-20003 for what is not a month
   */
  public static void generarMensual(
      Connection connection,
      @Nullable BigDecimal vMes,
      @Nullable BigDecimal vAnio,
      BigDecimal[] vTotalRegistros,
      ResultSet[] ventas)
      throws SQLException {
    YearMonth month = month(vMes, vAnio);
    // Stays open: the caller reads from it what is returned here.
    PreparedStatement statement =
        connection.prepareStatement(SALES, TYPE_SCROLL_INSENSITIVE, CONCUR_READ_ONLY);
    statement.setObject(1, month.atDay(1).atStartOfDay());
    statement.setInt(2, month.lengthOfMonth());
    ventas[0] = statement.executeQuery();
    ventas[0].last();
    vTotalRegistros[0] = BigDecimal.valueOf(ventas[0].getRow());
    ventas[0].beforeFirst();
  }

  /**
   * PKG_REPORTES.GENERAR_GRANDE: as many rows, as a result set.
   *
   * @throws SQLException ORA-20007 below 0 or above a million
   */
  public static void generarGrande(
      Connection connection, @Nullable BigDecimal vFilas, ResultSet[] filas) throws SQLException {
    if (vFilas == null
        || vFilas.signum() < 0
        || vFilas.compareTo(BigDecimal.valueOf(MOST_ROWS)) > 0) {
      throw error(20007, "vFILAS debe estar entre 0 y " + MOST_ROWS);
    }
    // Stays open: the caller reads from it what is returned here.
    PreparedStatement statement = connection.prepareStatement(ROWS);
    statement.setInt(1, vFilas.intValue());
    filas[0] = statement.executeQuery();
  }

  /**
   * PROC_TEST_DEMORA: takes that many seconds, a fraction too.
   *
   * @throws SQLException ORA-20004 below 0 or above a day
   */
  public static void demora(@Nullable BigDecimal segundos) throws SQLException {
    if (segundos == null
        || segundos.signum() < 0
        || segundos.compareTo(BigDecimal.valueOf(LONGEST_DELAY)) > 0) {
      throw error(20004, "segundos debe estar entre 0 y " + LONGEST_DELAY);
    }
    long begin = System.nanoTime();
    long whole = segundos.movePointRight(9).longValue();
    for (long next = 0; next < whole; ) {
      next = Math.min(next + REPORT_EVERY.toNanos(), whole);
      pauseUntil(begin + next);
      report(BigDecimal.valueOf(next, 9), BigDecimal.valueOf(whole, 9), "segundos", null);
    }
  }

  /** PROC_TEST_PARAMS: a text of all three. */
  public static void params(
      @Nullable BigDecimal number,
      @Nullable String varchar,
      @Nullable Timestamp date,
      String[] result) {
    String plain = number == null ? "NULL" : number.stripTrailingZeros().toPlainString();
    LocalDateTime time = date == null ? null : date.toLocalDateTime();
    String iso = time == null ? "NULL" : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    result[0] = "p_number=" + plain + ", p_varchar=" + varchar + ", p_date=" + iso;
  }

  /** PROC_TEST_ERROR: raises ORA-20001 for 1, does nothing for anything else. */
  public static void error(@Nullable BigDecimal shouldFail) throws SQLException {
    if (shouldFail != null && shouldFail.compareTo(BigDecimal.ONE) == 0) {
      throw error(20001, "Error intencional de prueba");
    }
  }

  private static YearMonth month(@Nullable BigDecimal month, @Nullable BigDecimal year)
      throws SQLException {
    try {
      if (month != null && year != null) {
        return YearMonth.of(year.intValueExact(), month.intValueExact());
      }
    } catch (ArithmeticException | DateTimeException e) {
      // Told below, as a missing one is.
    }
    throw error(20003, "el mes o el año no es válido");
  }

  private static Duration wholeTime() {
    String variable = System.getenv(SECONDS_VARIABLE);
    String seconds =
        System.getProperty(SECONDS_PROPERTY, variable == null ? DEFAULT_SECONDS : variable);
    return Duration.ofNanos(new BigDecimal(seconds.strip()).movePointRight(9).longValue());
  }

  private static void report(
      BigDecimal done, BigDecimal total, String unit, @Nullable String message) {
    ProgressChannel.report(Progress.reported(done, total, unit, message));
  }

  /** An interrupt is a cancel, and stays noted on the thread. */
  private static void pauseUntil(long nanoTime) throws SQLException {
    try {
      long left = nanoTime - System.nanoTime();
      Thread.sleep(Duration.ofNanos(Math.max(left, 0)).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw error(1013, "el usuario ha solicitado la cancelación de la operación actual");
    }
  }

  private static SQLException error(int number, String text) {
    return new SQLException("ORA-%05d: %s".formatted(number, text), ORACLE_STATE, number);
  }
}
