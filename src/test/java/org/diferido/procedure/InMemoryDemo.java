package org.diferido.procedure;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.InMemoryProcedureGateway.Body;
import org.diferido.procedure.InMemoryProcedureGateway.Frame;
import org.diferido.procedure.InMemoryProcedureGateway.Procedure;
import org.diferido.procedure.ProcedureResult.Rows;

/** The demo's procedures as lambdas. */
final class InMemoryDemo {

  private static final List<String> REGIONS =
      List.of("Andalucía", "Aragón", "León", "Cataluña", "Ñuble", "R6", "R7", "R8", "R9", "R10");
  private static final int PRODUCTS = 12;
  private static final BigDecimal DAY = new BigDecimal(86_400);

  private InMemoryDemo() {}

  static List<Procedure> procedures() {
    List<Procedure> all = new ArrayList<>();
    all.add(
        of(
            "PKG_ETL",
            "PROCESO_LARGO",
            InMemoryDemo::longProcess,
            "VFECHA IN DATE",
            "VRESULTADO OUT NUMBER"));
    all.add(
        of(
            "PKG_REPORTES",
            "GENERAR_MENSUAL",
            InMemoryDemo::monthly,
            "VMES IN NUMBER",
            "VANIO IN NUMBER",
            "VTOTAL_REGISTROS OUT NUMBER"));
    all.add(
        of(
            "PROC_TEST",
            InMemoryDemo::echo,
            "P_INPUT IN VARCHAR(4000)",
            "P_OUTPUT OUT VARCHAR(4020)"));
    all.add(of("PROC_TEST_DEMORA", InMemoryDemo::delay, "SEGUNDOS IN NUMBER"));
    all.add(
        of(
            "PROC_TEST_PARAMS",
            InMemoryDemo::params,
            "P_NUMBER IN NUMBER",
            "P_VARCHAR IN VARCHAR(4000)",
            "P_DATE IN DATE",
            "P_RESULT OUT VARCHAR(4200)"));
    all.add(of("PROC_TEST_ERROR", InMemoryDemo::error, "P_SHOULD_FAIL IN NUMBER"));
    all.add(
        of(
            "PROC_TEST_DML",
            InMemoryDemo::insert,
            "P_TABLE_NAME IN VARCHAR(128)",
            "P_ROWS_CREATED OUT NUMBER"));
    all.add(of("PROC_TEST_DML_ERROR", InMemoryDemo::insertAndFail, "P_TABLE_NAME IN VARCHAR(128)"));
    all.add(
        function(
            "PROC_TEST_DML_FILAS",
            frame -> frame.returns(new BigDecimal(frame.count(text(frame, "P_TABLE_NAME")))),
            "P_TABLE_NAME IN VARCHAR(128)"));
    all.add(function("SUMA", InMemoryDemo::sum, "A IN NUMBER", "B IN NUMBER"));
    all.add(
        of(
            "PROC_TEST_INOUT",
            frame ->
                frame.out("P_VALOR", number(frame, "P_VALOR").multiply(number(frame, "P_FACTOR"))),
            "P_VALOR INOUT NUMBER",
            "P_FACTOR IN NUMBER"));
    all.add(
        of(
            "PROC_TEST_SOBRECARGA",
            frame -> frame.out("P_RESULT", "uno"),
            "P_A IN NUMBER",
            "P_RESULT OUT VARCHAR(100)"));
    all.add(
        of(
            "PROC_TEST_SOBRECARGA",
            frame -> frame.out("P_RESULT", "dos"),
            "P_A IN NUMBER",
            "P_B IN NUMBER",
            "P_RESULT OUT VARCHAR(100)"));
    all.add(
        of(
            "PROC_TEST_CLAVE",
            InMemoryDemo::password,
            "P_USUARIO IN VARCHAR(100)",
            "P_CLAVE IN VARCHAR(100)",
            "P_OK OUT VARCHAR(200)"));
    all.add(
        of(
            "PROC_TEST_BLOB",
            frame -> frame.out("O_BLOB", told(frame.in("P_BLOB"))),
            "P_BLOB IN BLOB",
            "O_BLOB OUT BLOB"));
    all.add(of("PROC_TEST_LOG", InMemoryDemo::fails, "P_FALLA IN NUMBER"));
    all.add(
        of(
            "PROC_TEST_DEFECTO",
            frame -> frame.out("P_R", number(frame, "P_A").add(number(frame, "P_B"))),
            "P_A IN NUMBER",
            "P_B IN NUMBER",
            "P_R OUT NUMBER"));
    all.add(
        of(
            "PROC_TEST_TIPOS",
            InMemoryDemo::types,
            "P_TIMESTAMP IN TIMESTAMP",
            "O_TIMESTAMP OUT TIMESTAMP",
            "P_ZONA IN TIMESTAMP_WITH_ZONE",
            "O_ZONA OUT TIMESTAMP_WITH_ZONE",
            "P_BOOLEAN IN BOOLEAN",
            "O_BOOLEAN OUT BOOLEAN",
            "P_CLOB IN CLOB",
            "O_CLOB OUT CLOB",
            "P_RAW IN BINARY(2000)",
            "O_RAW OUT BINARY(2000)",
            "P_DECIMAL IN DECIMAL",
            "O_DECIMAL OUT DECIMAL",
            "P_INTEGER IN INTEGER",
            "O_INTEGER OUT INTEGER",
            "P_DOUBLE IN FLOAT",
            "O_DOUBLE OUT FLOAT"));
    return all;
  }

  private static void longProcess(Frame frame) {
    LocalDateTime date = (LocalDateTime) frame.in("VFECHA");
    if (date == null) {
      throw raised("ORA-20002: vFECHA es obligatoria");
    }
    int perLot = 25 * date.getDayOfMonth();
    for (int lot = 1; lot <= 50; lot++) {
      String message = "Lote %d de 50: %d registros".formatted(lot, lot * perLot);
      frame.report(Progress.reported(new BigDecimal(lot), new BigDecimal(50), "lotes", message));
    }
    frame.out("VRESULTADO", new BigDecimal(50 * perLot));
  }

  private static void monthly(Frame frame) {
    YearMonth month;
    try {
      month =
          YearMonth.of(
              number(frame, "VANIO").intValueExact(), number(frame, "VMES").intValueExact());
    } catch (DateTimeException | ArithmeticException e) {
      throw raised("ORA-20003: el mes o el año no es válido");
    }
    List<List<Object>> rows = new ArrayList<>();
    int all = month.lengthOfMonth() * REGIONS.size() * PRODUCTS;
    for (int at = 0; at < all; at++) {
      int units = (at * 7 + month.getMonthValue()) % 40 + 1;
      rows.add(
          Arrays.asList(
              DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                  month.atDay(at / (REGIONS.size() * PRODUCTS) + 1).atStartOfDay()),
              REGIONS.get(at / PRODUCTS % REGIONS.size()),
              at % PRODUCTS == 0 ? "Aceite de oliva" : "Producto " + at % PRODUCTS,
              new BigDecimal(units),
              new BigDecimal("7.95").multiply(new BigDecimal(units)),
              units > 35 ? new BigDecimal(units - 35) : null));
    }
    frame.out("VTOTAL_REGISTROS", new BigDecimal(all));
    frame.rows(
        new Rows(
            List.of("FECHA", "REGION", "PRODUCTO", "UNIDADES", "IMPORTE", "DEVUELTO"), rows, all));
  }

  private static void echo(Frame frame) {
    frame.out("P_OUTPUT", "Procesado: " + Objects.requireNonNullElse(frame.in("P_INPUT"), ""));
  }

  private static void delay(Frame frame) {
    BigDecimal seconds = number(frame, "SEGUNDOS");
    if (seconds.signum() < 0 || seconds.compareTo(DAY) > 0) {
      throw raised("ORA-20004: segundos debe estar entre 0 y 86400");
    }
    try {
      frame.report(Progress.reported(BigDecimal.ZERO, seconds, "segundos", null));
      Thread.sleep(Duration.ofNanos(seconds.movePointRight(9).longValue()).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(FailureCode.DATABASE_ERROR, "ORA-01013", "ORA-01013: cancelado");
    }
  }

  private static void params(Frame frame) {
    BigDecimal number = (BigDecimal) frame.in("P_NUMBER");
    LocalDateTime date = (LocalDateTime) frame.in("P_DATE");
    frame.out(
        "P_RESULT",
        "p_number="
            + (number == null ? "NULL" : number.stripTrailingZeros().toPlainString())
            + ", p_varchar="
            + frame.in("P_VARCHAR")
            + ", p_date="
            + (date == null ? "NULL" : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(date)));
  }

  private static void fails(Frame frame) {
    if (number(frame, "P_FALLA").signum() != 0) {
      throw raised("ORA-20006: falla");
    }
  }

  private static void error(Frame frame) {
    if (number(frame, "P_SHOULD_FAIL").compareTo(BigDecimal.ONE) == 0) {
      throw raised("ORA-20001: Error intencional de prueba");
    }
  }

  private static void insert(Frame frame) {
    String tag = text(frame, "P_TABLE_NAME");
    if (tag.length() > 30) {
      throw failed(FailureCode.DATA_ERROR, "SQLSTATE-22001", "the text is too long");
    }
    frame.insert(tag, 5);
    frame.out("P_ROWS_CREATED", new BigDecimal(5));
  }

  private static void insertAndFail(Frame frame) {
    frame.insert(text(frame, "P_TABLE_NAME"), 5);
    throw raised("ORA-20005: Error después de insertar");
  }

  private static void sum(Frame frame) {
    BigDecimal a = (BigDecimal) frame.in("A");
    BigDecimal b = (BigDecimal) frame.in("B");
    frame.returns(a == null || b == null ? null : a.add(b));
  }

  private static void password(Frame frame) {
    int length = text(frame, "P_CLAVE").length();
    frame.out("P_OK", frame.in("P_USUARIO") + ": clave de " + length + " caracteres");
  }

  private static void types(Frame frame) {
    BigDecimal integer = (BigDecimal) frame.in("P_INTEGER");
    if (integer != null && integer.toBigInteger().bitLength() > 31) {
      throw failed(FailureCode.DATA_ERROR, "SQLSTATE-22003", "the number is out of range");
    }
    for (String name :
        List.of("TIMESTAMP", "ZONA", "BOOLEAN", "CLOB", "RAW", "DECIMAL", "INTEGER", "DOUBLE")) {
      frame.out("O_" + name, told(frame.in("P_" + name)));
    }
  }

  private static Object told(Object value) {
    if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    } else if (value instanceof OffsetDateTime time) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    } else if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    return value;
  }

  private static BigDecimal number(Frame frame, String parameter) {
    return (BigDecimal) Objects.requireNonNullElse(frame.in(parameter), BigDecimal.ZERO);
  }

  private static String text(Frame frame, String parameter) {
    return (String) Objects.requireNonNullElse(frame.in(parameter), "");
  }

  private static FailureException raised(String text) {
    return failed(FailureCode.PROCEDURE_RAISED, text.substring(0, "ORA-20000".length()), text);
  }

  private static FailureException failed(FailureCode code, String databaseCode, String text) {
    return new FailureException(
        Failure.ofDatabase(code, databaseCode, text), new SQLException(text));
  }

  private static Procedure of(String name, Body body, String... parameters) {
    return of(InMemoryProcedureGateway.DEFAULT_SCHEMA, name, body, parameters);
  }

  private static Procedure of(String schema, String name, Body body, String... parameters) {
    return new Procedure(TestSignatures.procedure(schema, name, parameters), body);
  }

  private static Procedure function(String name, Body body, String... parameters) {
    Signature shape =
        TestSignatures.procedure(InMemoryProcedureGateway.DEFAULT_SCHEMA, name, parameters);
    Parameter returns = TestSignatures.parameter(ArgumentMatching.RETURN_VALUE + " OUT NUMBER");
    return new Procedure(
        new Signature(shape.name(), shape.specificName(), shape.parameters(), returns), body);
  }
}
