package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.failure.Language;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureResult.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every gateway does, shown with the demo's procedures. */
public abstract class ProcedureGatewayContract {

  private static final String SECONDS = "diferido.demo.seconds";

  /**
   * In what databases differ, told by each.
   *
   * @param packagesAreSchemas whether {@code PKG.PROC} is a schema's procedure, so that there is no
   *     {@code SCHEMA.PKG.PROC}
   * @param tooLongCode the code of a text that does not fit into a column
   * @param outOfRangeCode the code of a number that does not fit into an INTEGER
   */
  public record Capabilities(
      boolean packagesAreSchemas, String tooLongCode, String outOfRangeCode) {}

  protected abstract ProcedureGateway gateway();

  protected abstract Capabilities capabilities();

  @BeforeEach
  void theLongProcedureTakesATenthOfASecond() {
    System.setProperty(SECONDS, "0.1");
  }

  @AfterEach
  void theLongProcedureTakesItsTimeAgain() {
    System.clearProperty(SECONDS);
  }

  // Names

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PKG_ETL.PROCESO_LARGO",
        "pkg_etl.proceso_largo",
        "Pkg_Etl.Proceso_Largo",
        "\"PKG_ETL\".\"PROCESO_LARGO\"",
        "pkg_etl.\"PROCESO_LARGO\""
      })
  void aNameIsFoundInAnyCaseAndQuoted(String name) {
    Signature signature = only(resolve(name));
    assertThat(signature.name().display()).isEqualTo("PKG_ETL.PROCESO_LARGO");
    assertThat(signature.isFunction()).isFalse();
    assertThat(signature)
        .hasToString("PKG_ETL.PROCESO_LARGO(VFECHA IN DATE, VRESULTADO OUT NUMBER)");
  }

  @Test
  void aNameAloneIsSoughtInTheDefaultSchema() {
    QualifiedName name = only(resolve("proc_test")).name();
    assertThat(name.inDefaultSchema()).isTrue();
    assertThat(name.display()).isEqualTo("PROC_TEST");
    assertThat(name.full()).isEqualTo(name.schema() + ".PROC_TEST");
  }

  @Test
  void theDefaultSchemaMayBeNamed() {
    String schema = only(resolve("PROC_TEST")).name().schema();
    assertThat(resolve(schema + ".PROC_TEST")).isEqualTo(resolve("PROC_TEST"));
    assertThat(gateway().resolve(ProcedureName.parse("PROC_TEST", schema)))
        .isEqualTo(resolve("PROC_TEST"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NO_EXISTE",
        "PKG_ETL.NO_EXISTE",
        "NO_EXISTE.PROCESO_LARGO",
        "PROCESO_LARGO",
        "PKG_ETL.PROC_TEST",
        "\"proc_test\"",
        "\"PROC_TEST \"",
        "\"PROC_TEST(1); DROP TABLE FILAS_DEMO; --\"",
        "\"' OR '1'='1\"",
        "PROC_TEST.PROC_TEST.PROC_TEST"
      })
  void whatTheDictionaryDoesNotHaveIsNotFound(String name) {
    assertThat(resolve(name)).isEmpty();
  }

  @Test
  void threePartsNameAPackageOfASchemaWhereThereAreSuch() {
    String schema = only(resolve("PROC_TEST")).name().schema();
    List<Signature> found = resolve(schema + ".PKG_ETL.PROCESO_LARGO");
    if (capabilities().packagesAreSchemas()) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).isEqualTo(resolve("PKG_ETL.PROCESO_LARGO"));
    }
  }

  @Test
  void everyOverloadHasASignatureOfItsOwn() {
    List<Signature> overloads = resolve("PROC_TEST_SOBRECARGA");
    assertThat(overloads)
        .extracting(signature -> signature.parameters().size())
        .containsExactly(2, 3);
    assertThat(overloads).extracting(Signature::specificName).doesNotHaveDuplicates();
  }

  @Test
  void aFunctionTellsWhatItReturns() {
    Signature suma = only(resolve("suma"));
    assertThat(suma.isFunction()).isTrue();
    assertThat(suma).hasToString("SUMA(A IN NUMBER, B IN NUMBER) RETURN NUMBER");
  }

  @Test
  void everyParameterTellsItsTypeAndItsLimits() {
    assertThat(only(resolve("PROC_TEST_TIPOS")).parameters())
        .filteredOn(parameter -> parameter.direction() == Parameter.Direction.IN)
        .extracting(Parameter::name, Parameter::type)
        .containsExactly(
            tuple("P_TIMESTAMP", ParameterType.TIMESTAMP),
            tuple("P_ZONA", ParameterType.TIMESTAMP_WITH_ZONE),
            tuple("P_BOOLEAN", ParameterType.BOOLEAN),
            tuple("P_CLOB", ParameterType.CLOB),
            tuple("P_RAW", ParameterType.BINARY),
            tuple("P_DECIMAL", ParameterType.NUMBER),
            tuple("P_INTEGER", ParameterType.INTEGER),
            tuple("P_DOUBLE", ParameterType.FLOAT));
    assertThat(parameter("PROC_TEST", "P_INPUT").maxLength()).isEqualTo(4000);
    assertThat(parameter("PROC_TEST_TIPOS", "P_RAW").maxLength()).isEqualTo(2000);
    assertThat(parameter("PROC_TEST_TIPOS", "P_DECIMAL").integerDigits()).isEqualTo(28);
    assertThat(parameter("PROC_TEST_INOUT", "P_VALOR").direction())
        .isEqualTo(Parameter.Direction.INOUT);
  }

  // Values

  @Test
  void theSeedCallGives12500() {
    ProcedureResult result =
        call("PKG_ETL.PROCESO_LARGO", in("vFECHA", "2025-12-10"), out("vRESULTADO"));
    assertThat(result.values()).containsOnlyKeys("vRESULTADO");
    assertNumber(result, "vRESULTADO", "12500");
  }

  @Test
  void anOutThatNobodyAskedForComesUnderItsDeclaredName() {
    assertNumber(call("PKG_ETL.PROCESO_LARGO", in("vfecha", "31/01/2025")), "VRESULTADO", "38750");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hola",
        "ñandú €",
        "emoji 😀 y más 👩‍👩‍👧",
        "'; DROP TABLE FILAS_DEMO; --",
        "two\nlines\tand a tab",
        "   spaces   ",
        "مرحبا 你好"
      })
  void textComesBackAsItWas(String text) {
    ProcedureResult result = call("PROC_TEST", in("p_input", text), out("p_output"));
    assertThat(result.values()).containsEntry("p_output", "Procesado: " + text);
  }

  @Test
  void theLongestTextFits() {
    String text = "ñ".repeat(4000);
    assertThat(call("PROC_TEST", in("p_input", text)).values())
        .containsEntry("P_OUTPUT", "Procesado: " + text);
  }

  @Test
  void nullIsNoText() {
    assertThat(call("PROC_TEST", in("p_input", null)).values())
        .containsEntry("P_OUTPUT", "Procesado: ");
  }

  @Test
  void aNumberATextAndADateGoInTogether() {
    ProcedureResult result =
        call(
            "PROC_TEST_PARAMS",
            in("p_number", new BigDecimal("3.50")),
            in("p_varchar", "año"),
            in("p_date", "10/12/2025 14:30:05"),
            out("p_result"));
    assertThat(result.values())
        .containsEntry("p_result", "p_number=3.5, p_varchar=año, p_date=2025-12-10T14:30:05");
  }

  @Test
  void anInOutParameterGoesInAndComesOut() {
    ProcedureResult result =
        call(
            "PROC_TEST_INOUT",
            in("p_valor", new BigDecimal("2.5")),
            in("p_factor", new BigDecimal("4")));
    assertThat(result.values()).containsOnlyKeys("p_valor");
    assertNumber(result, "p_valor", "10");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 3",
    "0.1, 0.2, 0.3",
    "-5, 5, 0",
    "99999999999999999999999999999999999998, 1, 99999999999999999999999999999999999999",
    "12345678901234567890123456789012345678, 0.0000000001, 12345678901234567890123456789012345678.0000000001"
  })
  void numbersAreExact(BigDecimal a, BigDecimal b, String sum) {
    assertNumber(call("SUMA", in("a", a), in("b", b)), ArgumentMatching.RETURN_VALUE, sum);
  }

  @Test
  void aFunctionsValueComesUnderTheNameOfTheFirstOut() {
    ProcedureResult result =
        call("SUMA", in("a", BigDecimal.ONE), in("b", BigDecimal.TEN), out("total"));
    assertThat(result.values()).containsOnlyKeys("total");
    assertNumber(result, "total", "11");
  }

  @Test
  void aFunctionMayReturnNull() {
    assertThat(call("SUMA", in("a", null), in("b", BigDecimal.ONE)).values())
        .hasSize(1)
        .containsEntry(ArgumentMatching.RETURN_VALUE, null);
  }

  @Test
  void everyTypeGoesThroughUnchanged() {
    ProcedureResult result =
        call(
            "PROC_TEST_TIPOS",
            in("p_timestamp", "2025-03-30T02:30:15.123456"),
            in("p_zona", "2025-12-10T01:02:03+02:00"),
            in("p_boolean", true),
            in("p_clob", "ñandú €😀".repeat(20_000)),
            in("p_raw", "AAEC/w=="),
            in("p_decimal", new BigDecimal("1234567890123456789012345678.0123456789")),
            in("p_integer", new BigDecimal("-2147483648")),
            in("p_double", new BigDecimal("0.1")));
    assertThat(result.values())
        .containsEntry("O_TIMESTAMP", "2025-03-30T02:30:15.123456")
        .containsEntry("O_ZONA", "2025-12-10T01:02:03+02:00")
        .containsEntry("O_BOOLEAN", true)
        .containsEntry("O_CLOB", "ñandú €😀".repeat(20_000))
        .containsEntry("O_RAW", "AAEC/w==");
    assertNumber(result, "O_DECIMAL", "1234567890123456789012345678.0123456789");
    assertNumber(result, "O_INTEGER", "-2147483648");
    assertNumber(result, "O_DOUBLE", "0.1");
  }

  @Test
  void everyTypeMayBeNull() {
    Argument[] nulls =
        only(resolve("PROC_TEST_TIPOS")).parameters().stream()
            .filter(parameter -> parameter.direction().goesIn())
            .map(parameter -> in(parameter.name(), null))
            .toArray(Argument[]::new);
    assertThat(call("PROC_TEST_TIPOS", nulls).values())
        .hasSize(8)
        .allSatisfy((name, value) -> assertThat(value).isNull());
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-10, 2025-12-10T00:00:00",
    "10/12/2025, 2025-12-10T00:00:00",
    "10-12-2025 23:59:59, 2025-12-10T23:59:59",
    "2024-02-29T12:00, 2024-02-29T12:00:00",
    "2025-03-30T02:30:00, 2025-03-30T02:30:00",
    "2025-12-10T01:02:03.5, 2025-12-10T01:02:03.5",
    "0001-01-01, 0001-01-01T00:00:00",
    "9999-12-31T23:59:59, 9999-12-31T23:59:59"
  })
  void timesComeBackAsTheyWereOnTheWallWithSecondsAlways(String given, String told) {
    assertThat(types(in("p_timestamp", given)).values()).containsEntry("O_TIMESTAMP", told);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-10T01:02:03Z, 2025-12-10T01:02:03Z",
    "2025-12-10T01:02-05:00, 2025-12-10T01:02:00-05:00",
    "2025-07-10T01:02:03.25+05:30, 2025-07-10T01:02:03.25+05:30"
  })
  void aTimeWithAZoneKeepsItsOffset(String given, String told) {
    assertThat(types(in("p_zona", given)).values()).containsEntry("O_ZONA", told);
  }

  @Test
  void theOverloadIsTakenThatHasTheArguments() {
    Argument one = in("p_a", BigDecimal.ONE);
    Argument two = in("p_b", BigDecimal.ONE);
    assertThat(call("PROC_TEST_SOBRECARGA", one).values()).containsEntry("P_RESULT", "uno");
    assertThat(call("PROC_TEST_SOBRECARGA", one, two).values()).containsEntry("P_RESULT", "dos");
  }

  @Test
  void aSecretGoesInAndOnlyItsLengthComesOut() {
    ProcedureResult result =
        call("PROC_TEST_CLAVE", in("p_usuario", "ana"), in("p_clave", "secreta"));
    assertThat(result.values()).containsEntry("P_OK", "ana: clave de 7 caracteres");
  }

  // Rows

  @Test
  void aResultSetComesBesideTheOutValues() {
    ProcedureResult result = monthly(12, 2025);
    assertThat(result.values().keySet()).containsExactly("VTOTAL_REGISTROS", "result_set_1");
    Rows rows = rows(result);
    assertThat(rows.columns())
        .containsExactly("FECHA", "REGION", "PRODUCTO", "UNIDADES", "IMPORTE", "DEVUELTO");
    assertThat(rows.rows().get(0))
        .startsWith("2025-12-01T00:00:00", "Andalucía", "Aceite de oliva");
    assertNumber(result, "VTOTAL_REGISTROS", String.valueOf(rows.rowCount()));
  }

  @Test
  void ofManyRowsTheFirstAreKeptAndAllAreCounted() {
    Rows rows = rows(monthly(2, 2024));
    assertThat(rows.rowCount()).isEqualTo(29 * 10 * 12);
    assertThat(rows.rows()).hasSize(1000).allSatisfy(row -> assertThat(row).hasSize(6));
    assertThat(rows.truncated()).isTrue();
  }

  @Test
  void theSameMonthGivesTheSameRows() {
    assertThat(rows(monthly(7, 2025))).isEqualTo(rows(monthly(7, 2025)));
    assertThat(rows(monthly(7, 2025)).rows()).isNotEqualTo(rows(monthly(8, 2025)).rows());
  }

  @Test
  void rowsHaveExactAmountsAndNulls() {
    List<List<Object>> rows = rows(monthly(12, 2025)).rows();
    assertThat(rows).anySatisfy(row -> assertThat(row.get(5)).isNull());
    assertThat(rows).anySatisfy(row -> assertThat(row.get(5)).isInstanceOf(BigDecimal.class));
    assertThat(rows)
        .allSatisfy(row -> assertThat(((BigDecimal) row.get(4)).scale()).isLessThanOrEqualTo(2));
  }

  @Test
  void readingTheResultIsTimed() {
    assertThat(monthly(1, 2025).fetchTime()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
  }

  @Test
  void aResultThatIsTooLargeIsRefused() {
    Failure failure =
        failureOf("PROC_TEST_TIPOS", types("p_clob", "x".repeat(16 * 1024 * 1024 + 1)));
    assertThat(failure.code()).isEqualTo(FailureCode.RESULT_TOO_LARGE);
  }

  // Failures

  @Test
  void whatTheProcedureRaisedIsToldInItsOwnWords() {
    Failure failure = failureOf("PROC_TEST_ERROR", in("p_should_fail", BigDecimal.ONE));
    assertThat(failure.code()).isEqualTo(FailureCode.PROCEDURE_RAISED);
    assertThat(failure.databaseCode()).isEqualTo("ORA-20001");
    assertThat(failure.text(Language.SPANISH)).isEqualTo("ORA-20001: Error intencional de prueba");
  }

  @Test
  void theCauseIsKeptForTheLog() {
    assertThatThrownBy(() -> call("PROC_TEST_ERROR", in("p_should_fail", BigDecimal.ONE)))
        .isInstanceOf(FailureException.class)
        .hasRootCauseMessage("ORA-20001: Error intencional de prueba");
  }

  @Test
  void theSameProcedureMayAlsoEndWell() {
    assertThat(call("PROC_TEST_ERROR", in("p_should_fail", BigDecimal.ZERO)).values()).isEmpty();
  }

  @Test
  void whatIsMissingForTheProcedureIsItsOwnError() {
    assertThat(failureOf("PKG_ETL.PROCESO_LARGO", in("vFECHA", null)))
        .isEqualTo(
            Failure.ofDatabase(
                FailureCode.PROCEDURE_RAISED, "ORA-20002", "ORA-20002: vFECHA es obligatoria"));
    assertThat(failureOf("PKG_REPORTES.GENERAR_MENSUAL", month(13, 2025)).databaseCode())
        .isEqualTo("ORA-20003");
    assertThat(failureOf("PROC_TEST_DEMORA", in("segundos", new BigDecimal(-1))).databaseCode())
        .isEqualTo("ORA-20004");
  }

  @Test
  void anErrorOfTheDatabaseHasTheDatabasesCodeAndNoJavaInIt() {
    Failure failure = failureOf("PROC_TEST_DML", in("p_table_name", "x".repeat(31)));
    assertThat(failure.code()).isEqualTo(FailureCode.DATABASE_ERROR);
    assertThat(failure.databaseCode()).isEqualTo(capabilities().tooLongCode());
    assertThat(failure.text(Language.ENGLISH)).isNotBlank().doesNotContain("Exception", "java");
  }

  @Test
  void aNumberThatOnlyTheDatabaseFindsTooLargeIsItsError() {
    Failure failure =
        failureOf("PROC_TEST_TIPOS", types("p_integer", new BigDecimal("2147483648")));
    assertThat(failure.code()).isEqualTo(FailureCode.DATABASE_ERROR);
    assertThat(failure.databaseCode()).isEqualTo(capabilities().outOfRangeCode());
  }

  @Test
  void whatSucceededStays() {
    String tag = "ok-" + System.nanoTime();
    assertNumber(call("PROC_TEST_DML", in("p_table_name", tag)), "P_ROWS_CREATED", "5");
    assertThat(kept(tag)).isEqualTo(5);
  }

  @Test
  void ofWhatFailedNothingStays() {
    String tag = "bad-" + System.nanoTime();
    assertThat(failureOf("PROC_TEST_DML_ERROR", in("p_table_name", tag)).databaseCode())
        .isEqualTo("ORA-20005");
    assertThat(kept(tag)).isZero();
  }

  @Test
  void anIdentifierGivenAsAValueIsOnlyAValue() {
    String evil = "X; DROP TABLE FILAS_DEMO";
    call("PROC_TEST_DML", in("p_table_name", evil));
    assertThat(kept(evil)).isPositive();
  }

  // Progress, threads, interrupts

  @Test
  void progressIsToldWithMessagesAndNeverFalls() {
    List<Progress> told = new CopyOnWriteArrayList<>();
    call(told::add, "PKG_ETL.PROCESO_LARGO", in("vFECHA", "2025-12-10"));
    assertThat(told).hasSize(50).isSortedAccordingTo((a, b) -> a.percent() - b.percent());
    assertThat(told)
        .allSatisfy(
            progress -> {
              assertThat(progress.source()).isEqualTo(Progress.Source.REPORTED);
              assertThat(progress.unit()).isEqualTo("lotes");
            });
    assertThat(told.get(6).message()).isEqualTo("Lote 7 de 50: 1750 registros");
    assertThat(told.get(6).percent()).isEqualTo(14);
    assertThat(told.get(49).percent()).isEqualTo(99);
  }

  @Test
  void aListenerThatFailsDoesNotFailTheCall() {
    Consumer<Progress> broken =
        progress -> {
          throw new IllegalStateException("nobody there");
        };
    assertNumber(
        call(broken, "PKG_ETL.PROCESO_LARGO", in("vFECHA", "2025-12-10")), "VRESULTADO", "12500");
  }

  @Test
  void twentyCallsAtOnceEachGetTheirOwnResult() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      List<Future<ProcedureResult>> futures = new ArrayList<>();
      for (int number = 1; number <= 20; number++) {
        String day = "2025-12-%02d".formatted(number);
        futures.add(threads.submit(() -> call("PKG_ETL.PROCESO_LARGO", in("vFECHA", day))));
      }
      for (int number = 1; number <= 20; number++) {
        assertNumber(futures.get(number - 1).get(), "VRESULTADO", String.valueOf(1250 * number));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void eachOfManyCallsAtOnceHearsItsOwnProgress() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Progress>>> futures = new ArrayList<>();
      for (int day = 1; day <= 4; day++) {
        Argument date = in("vFECHA", "2025-12-0" + day);
        futures.add(
            threads.submit(
                () -> {
                  List<Progress> told = new ArrayList<>();
                  call(told::add, "PKG_ETL.PROCESO_LARGO", date);
                  return told;
                }));
      }
      for (int day = 1; day <= 4; day++) {
        List<Progress> told = futures.get(day - 1).get();
        assertThat(told).hasSize(50);
        assertThat(told.get(0).message())
            .isEqualTo("Lote 1 de 50: %d registros".formatted(25 * day));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aDelayTakesItsTime() {
    long begin = System.nanoTime();
    assertThat(call("PROC_TEST_DEMORA", in("segundos", new BigDecimal("0.05"))).values()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(45));
  }

  @Test
  void anInterruptEndsACallAndTheNextOneIsNotDisturbed() throws Exception {
    AtomicReference<Failure> failure = new AtomicReference<>();
    AtomicReference<Boolean> stillInterrupted = new AtomicReference<>();
    List<Progress> told = new CopyOnWriteArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              FailureException thrown =
                  catchThrowableOfType(
                      FailureException.class,
                      () -> call(told::add, "PROC_TEST_DEMORA", in("segundos", BigDecimal.TEN)));
              failure.set(thrown.failure());
              stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    Awaitility.await().until(() -> !told.isEmpty());
    thread.interrupt();
    thread.join(5000);

    assertThat(failure.get()).isNotNull();
    assertThat(failure.get().code()).isEqualTo(FailureCode.DATABASE_ERROR);
    assertThat(failure.get().databaseCode()).isEqualTo("ORA-01013");
    assertThat(stillInterrupted.get()).isTrue();
    IntStream.range(0, 5)
        .forEach(
            again ->
                assertThat(call("PROC_TEST", in("p_input", "x")).values())
                    .containsEntry("P_OUTPUT", "Procesado: x"));
  }

  @Test
  void aPingReachesTheDatabase() {
    gateway().ping();
  }

  // Words

  protected final List<Signature> resolve(String name) {
    return gateway().resolve(ProcedureName.parse(name, null));
  }

  protected final ProcedureResult call(String name, Argument... arguments) {
    return call(progress -> {}, name, arguments);
  }

  protected final ProcedureResult call(
      Consumer<Progress> progress, String name, Argument... arguments) {
    ProcedureName parsed = ProcedureName.parse(name, null);
    ProcedureCall call = new ProcedureCall(parsed, null, false, List.of(arguments));
    BoundCall bound = ArgumentMatching.match(call, gateway().resolve(parsed));
    return gateway().call(bound, progress);
  }

  protected final Failure failureOf(String name, Argument... arguments) {
    FailureException thrown =
        catchThrowableOfType(FailureException.class, () -> call(name, arguments));
    assertThat(thrown).as("the failure of " + name).isNotNull();
    return thrown.failure();
  }

  protected static Argument in(String name, Object value) {
    return new Argument(name, value, true, null, null, false);
  }

  protected static Argument out(String name) {
    return new Argument(name, null, false, "OUT", null, false);
  }

  private ProcedureResult monthly(int month, int year) {
    return call("PKG_REPORTES.GENERAR_MENSUAL", month(month, year));
  }

  private static Argument[] month(int month, int year) {
    return new Argument[] {in("vMES", new BigDecimal(month)), in("vANIO", new BigDecimal(year))};
  }

  private static Rows rows(ProcedureResult result) {
    return (Rows) result.values().get("result_set_1");
  }

  private ProcedureResult types(Argument argument) {
    return call("PROC_TEST_TIPOS", types(argument.name(), argument.value()));
  }

  /** All arguments of PROC_TEST_TIPOS, all null but one. */
  private Argument[] types(String name, Object value) {
    return only(resolve("PROC_TEST_TIPOS")).parameters().stream()
        .filter(parameter -> parameter.direction().goesIn())
        .map(
            parameter ->
                in(parameter.name(), parameter.name().equalsIgnoreCase(name) ? value : null))
        .toArray(Argument[]::new);
  }

  private int kept(String tag) {
    Object count =
        call("PROC_TEST_DML_FILAS", in("p_table_name", tag))
            .values()
            .get(ArgumentMatching.RETURN_VALUE);
    return ((BigDecimal) count).intValue();
  }

  private Parameter parameter(String procedure, String name) {
    return only(resolve(procedure)).parameter(name).orElseThrow();
  }

  private static Signature only(List<Signature> signatures) {
    assertThat(signatures).hasSize(1);
    return signatures.get(0);
  }

  private static void assertNumber(ProcedureResult result, String name, String expected) {
    assertThat(result.values()).containsKey(name);
    assertThat((BigDecimal) result.values().get(name)).isEqualByComparingTo(expected);
  }
}
