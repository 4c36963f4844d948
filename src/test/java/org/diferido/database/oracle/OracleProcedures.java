package org.diferido.database.oracle;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.oracledouble.dictionary.Call;
import org.diferido.oracledouble.value.OraException;
import org.diferido.oracledouble.value.Rows;

/** The procedures of the gateway's contract, as the double has them. */
public final class OracleProcedures {

  /** The schema that they are in. */
  public static final String OWNER = "APP";

  static final String PASSWORD = "secreta";

  private static final int LOTS = 50;

  /** How many seconds PROCESO_LARGO takes. */
  public final AtomicReference<BigDecimal> seconds = new AtomicReference<>(new BigDecimal("0.1"));

  /** A double with all of them. */
  OracleDouble start() {
    OracleDouble db = new OracleDouble(OWNER, PASSWORD);
    addTo(db);
    return db;
  }

  /** Adds all of them to a double whose user is {@link #OWNER}. */
  public void addTo(OracleDouble db) {
    db.sql("CREATE TABLE FILAS_DEMO (ETIQUETA VARCHAR2(30) NOT NULL, NUMERO INTEGER NOT NULL)");
    db.procedure(
        OWNER,
        "PKG_ETL",
        "PROCESO_LARGO",
        this::longProcess,
        "VFECHA IN DATE",
        "VRESULTADO OUT NUMBER");
    db.procedure(
        OWNER,
        "PKG_REPORTES",
        "GENERAR_MENSUAL",
        OracleProcedures::monthly,
        "VMES IN NUMBER",
        "VANIO IN NUMBER",
        "VTOTAL_REGISTROS OUT NUMBER",
        "VVENTAS OUT REF CURSOR");
    texts(db);
    rows(db);
    numbers(db);
    db.procedure(
        OWNER,
        null,
        "PROC_TEST_TIPOS",
        OracleProcedures::types,
        "P_TIMESTAMP IN TIMESTAMP",
        "O_TIMESTAMP OUT TIMESTAMP",
        "P_ZONA IN TIMESTAMP WITH TIME ZONE",
        "O_ZONA OUT TIMESTAMP WITH TIME ZONE",
        "P_BOOLEAN IN PL/SQL BOOLEAN",
        "O_BOOLEAN OUT PL/SQL BOOLEAN",
        "P_CLOB IN CLOB",
        "O_CLOB OUT CLOB",
        "P_RAW IN RAW",
        "O_RAW OUT RAW",
        "P_DECIMAL IN NUMBER",
        "O_DECIMAL OUT NUMBER",
        "P_INTEGER IN BINARY_INTEGER",
        "O_INTEGER OUT BINARY_INTEGER",
        "P_DOUBLE IN BINARY_DOUBLE",
        "O_DOUBLE OUT BINARY_DOUBLE");
  }

  private static void texts(OracleDouble db) {
    db.procedure(
        OWNER,
        null,
        "PROC_TEST",
        call -> call.out("P_OUTPUT", "Procesado: " + Objects.toString(call.in("P_INPUT"), "")),
        "P_INPUT IN VARCHAR2",
        "P_OUTPUT OUT VARCHAR2");
    db.procedure(
        OWNER,
        null,
        "PROC_TEST_PARAMS",
        OracleProcedures::params,
        "P_NUMBER IN NUMBER",
        "P_VARCHAR IN VARCHAR2",
        "P_DATE IN DATE",
        "P_RESULT OUT VARCHAR2");
    db.procedure(
        OWNER,
        null,
        "PROC_TEST_CLAVE",
        call ->
            call.out(
                "P_OK",
                call.text("P_USUARIO")
                    + ": clave de "
                    + call.text("P_CLAVE").length()
                    + " caracteres"),
        "P_USUARIO IN VARCHAR2",
        "P_CLAVE IN VARCHAR2",
        "P_OK OUT VARCHAR2");
    db.procedure(
        OWNER,
        null,
        "PROC_TEST_LOG",
        call -> {
          call.putLine("empieza");
          call.putLine("línea con ñ € 😀");
          call.putLine("termina");
          raiseIf(call.number("P_FALLA").signum() != 0, 20006, "falla");
        },
        "P_FALLA IN NUMBER");
    db.procedure(
        OWNER,
        null,
        "PROC_TEST_BLOB",
        call -> call.out("O_BLOB", call.in("P_BLOB")),
        "P_BLOB IN BLOB",
        "O_BLOB OUT BLOB");
  }

  private static void rows(OracleDouble db) {
    db.procedure(
        OWNER,
        null,
        "PROC_TEST_DML",
        call -> {
          insert(call);
          call.out("P_ROWS_CREATED", 5);
        },
        "P_TABLE_NAME IN VARCHAR2",
        "P_ROWS_CREATED OUT NUMBER");
    db.procedure(
        OWNER,
        null,
        "PROC_TEST_DML_ERROR",
        call -> {
          insert(call);
          raiseIf(true, 20005, "Error después de insertar");
        },
        "P_TABLE_NAME IN VARCHAR2");
    db.function(
        OWNER,
        null,
        "PROC_TEST_DML_FILAS",
        "NUMBER",
        OracleProcedures::count,
        "P_TABLE_NAME IN VARCHAR2");
  }

  private static void numbers(OracleDouble db) {
    db.function(
        OWNER,
        null,
        "SUMA",
        "NUMBER",
        call -> {
          BigDecimal a = call.number("A");
          BigDecimal b = call.number("B");
          call.returns(a == null || b == null ? null : a.add(b));
        },
        "A IN NUMBER",
        "B IN NUMBER");
    db.procedure(
        OWNER,
        null,
        "PROC_TEST_INOUT",
        call -> call.out("P_VALOR", call.number("P_VALOR").multiply(call.number("P_FACTOR"))),
        "P_VALOR IN OUT NUMBER",
        "P_FACTOR IN NUMBER");
    db.procedure(
        OWNER,
        null,
        "PROC_TEST_ERROR",
        call ->
            raiseIf(
                call.number("P_SHOULD_FAIL").compareTo(BigDecimal.ONE) == 0,
                20001,
                "Error intencional de prueba"),
        "P_SHOULD_FAIL IN NUMBER");
    db.procedure(OWNER, null, "PROC_TEST_DEMORA", OracleProcedures::delay, "SEGUNDOS IN NUMBER");
    db.procedure(
        OWNER,
        null,
        "PROC_TEST_DEFECTO",
        call ->
            call.out(
                "P_R",
                call.number("P_A")
                    .add(call.has("P_B") ? call.number("P_B") : BigDecimal.valueOf(5))),
        "P_A IN NUMBER",
        "P_B IN NUMBER DEFAULT",
        "P_R OUT NUMBER");
    // Overloads there are only in packages.
    db.procedure(
        OWNER,
        "PKG_TEST",
        "PROC_TEST_SOBRECARGA",
        call -> call.out("P_RESULT", "uno"),
        "P_A IN NUMBER",
        "P_RESULT OUT VARCHAR2");
    db.procedure(
        OWNER,
        "PKG_TEST",
        "PROC_TEST_SOBRECARGA",
        call -> call.out("P_RESULT", "dos"),
        "P_A IN NUMBER",
        "P_B IN NUMBER",
        "P_RESULT OUT VARCHAR2");
  }

  private void longProcess(Call call) throws InterruptedException {
    LocalDateTime date = (LocalDateTime) call.in("VFECHA");
    raiseIf(date == null, 20002, "vFECHA es obligatoria");
    int perLot = 25 * date.getDayOfMonth();
    long pause = seconds.get().movePointRight(3).longValue() / LOTS;
    for (int lot = 1; lot <= LOTS; lot++) {
      Thread.sleep(pause);
      call.action("Lote %d de 50: %d registros".formatted(lot, lot * perLot));
      call.longops("Proceso", lot, LOTS, "lotes", null);
    }
    call.out("VRESULTADO", LOTS * perLot);
  }

  private static void monthly(Call call) {
    YearMonth month;
    try {
      month =
          YearMonth.of(call.number("VANIO").intValueExact(), call.number("VMES").intValueExact());
    } catch (DateTimeException | ArithmeticException e) {
      throw OraException.raised(20003, "el mes o el año no es válido");
    }
    Rows rows =
        Rows.of(
            "FECHA DATE",
            "REGION VARCHAR2(40)",
            "PRODUCTO VARCHAR2(40)",
            "UNIDADES NUMBER",
            "IMPORTE NUMBER(12,2)",
            "DEVUELTO NUMBER");
    int all = month.lengthOfMonth() * 10 * 12;
    for (int at = 0; at < all; at++) {
      int units = (at * 7 + month.getMonthValue()) % 40 + 1;
      rows.row(
          month.atDay(at / 120 + 1).atStartOfDay(),
          at / 12 % 10 == 0 ? "Andalucía" : "Región " + at / 12 % 10,
          at % 12 == 0 ? "Aceite de oliva" : "Producto " + at % 12,
          units,
          new BigDecimal("7.95").multiply(BigDecimal.valueOf(units)),
          units > 35 ? units - 35 : null);
    }
    call.out("VTOTAL_REGISTROS", all);
    call.out("VVENTAS", rows);
  }

  private static void delay(Call call) throws InterruptedException {
    BigDecimal seconds = call.number("SEGUNDOS");
    raiseIf(
        seconds.signum() < 0 || seconds.intValue() > 86_400,
        20004,
        "segundos debe estar entre 0 y 86400");
    Thread.sleep(Duration.ofNanos(seconds.movePointRight(9).longValue()).toMillis());
  }

  private static void params(Call call) {
    BigDecimal number = call.number("P_NUMBER");
    LocalDateTime date = (LocalDateTime) call.in("P_DATE");
    call.out(
        "P_RESULT",
        "p_number="
            + (number == null ? "NULL" : number.stripTrailingZeros().toPlainString())
            + ", p_varchar="
            + call.in("P_VARCHAR")
            + ", p_date="
            + (date == null ? "NULL" : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(date)));
  }

  private static void types(Call call) {
    BigDecimal integer = call.number("P_INTEGER");
    if (integer != null && integer.toBigInteger().bitLength() > 31) {
      throw new OraException(1426, "ORA-01426: numeric overflow");
    }
    for (String name :
        new String[] {
          "TIMESTAMP", "ZONA", "BOOLEAN", "CLOB", "RAW", "DECIMAL", "INTEGER", "DOUBLE"
        }) {
      call.out("O_" + name, call.in("P_" + name));
    }
  }

  private static void insert(Call call) throws SQLException {
    if (call.text("P_TABLE_NAME").length() > 30) {
      throw new OraException(
          12899, "ORA-12899: value too large for column \"APP\".\"FILAS_DEMO\".\"ETIQUETA\"");
    }
    try (PreparedStatement insert =
        call.connection().prepareStatement("INSERT INTO FILAS_DEMO VALUES (?, ?)")) {
      for (int number = 1; number <= 5; number++) {
        insert.setString(1, call.text("P_TABLE_NAME"));
        insert.setInt(2, number);
        insert.executeUpdate();
      }
    }
  }

  private static void count(Call call) throws SQLException {
    try (PreparedStatement count =
        call.connection().prepareStatement("SELECT COUNT(*) FROM FILAS_DEMO WHERE ETIQUETA = ?")) {
      count.setString(1, call.text("P_TABLE_NAME"));
      try (ResultSet row = count.executeQuery()) {
        row.next();
        call.returns(row.getInt(1));
      }
    }
  }

  private static void raiseIf(boolean wrong, int number, String text) {
    if (wrong) {
      throw OraException.raised(number, text, "at \"APP.X\", line 1");
    }
  }
}
