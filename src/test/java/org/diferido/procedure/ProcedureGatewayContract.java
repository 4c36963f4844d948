package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.failure.Language;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureResult.LargeValue;
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
  private static final Pattern LOT = Pattern.compile("Lote (\\d+) de 50: (\\d+) registros");
  private static final AtomicLong TAGS = new AtomicLong(System.nanoTime());

  /**
   * In what databases differ, told by each.
   *
   * @param upperCase whether a name without quotes is kept in upper case, else in lower case
   * @param packagesAreSchemas whether {@code PKG.PROC} is a schema's procedure, so that there is no
   *     {@code SCHEMA.PKG.PROC}
   * @param types how it calls a type that others call differently, by the demo's name for it
   * @param overloaded the name of the procedure that has overloads; not everywhere may one alone
   * @param textLimit most characters of PROC_TEST's parameter that the dictionary tells, or 0
   * @param rawLimit the same for the bytes of PROC_TEST_TIPOS's P_RAW
   * @param integerDigits the same for the digits of PROC_TEST_TIPOS's P_DECIMAL
   * @param longestText how many ASCII characters PROC_TEST takes
   * @param clob as what type a large text is known
   * @param keepsOffsets whether a time with a zone comes back with the offset it was given
   * @param cursorKey under which name the rows of GENERAR_MENSUAL come back
   * @param defaults whether a parameter may have one
   * @param longProgress where the progress of PROCESO_LARGO comes from
   * @param polledProgress whether progress is only known when it is asked for
   * @param onInterrupt what an interrupt of the thread does to a call
   * @param writesLog whether a procedure can write for people
   * @param raisedCode the code of an error that a procedure raises with Oracle's number for it
   * @param tooLongCode the code of a text that does not fit into a column
   * @param outOfRangeCode the code of a number that does not fit into an INTEGER
   * @param largeBytes whether the bytes of PROC_TEST_BLOB are a large value
   */
  public record Capabilities(
      boolean upperCase,
      boolean packagesAreSchemas,
      Map<String, String> types,
      String overloaded,
      int textLimit,
      int rawLimit,
      int integerDigits,
      int longestText,
      ParameterType clob,
      boolean keepsOffsets,
      String cursorKey,
      boolean defaults,
      Progress.Source longProgress,
      boolean polledProgress,
      OnInterrupt onInterrupt,
      boolean writesLog,
      IntFunction<String> raisedCode,
      String tooLongCode,
      String outOfRangeCode,
      boolean largeBytes) {

    /** HSQLDB's, in which packages are schemas and bodies run on the thread of their caller. */
    public static Capabilities ofTheDemo() {
      return new Capabilities(
          true,
          true,
          Map.of(),
          "PROC_TEST_SOBRECARGA",
          4000,
          2000,
          28,
          4000,
          ParameterType.CLOB,
          true,
          "result_set_1",
          false,
          Progress.Source.REPORTED,
          false,
          OnInterrupt.ENDS_THE_CALL,
          false,
          "ORA-%05d"::formatted,
          "SQLSTATE-22001",
          "SQLSTATE-22003",
          true);
    }

    /** A name as the dictionary spells it; the demo's are in upper case. */
    String spelled(String name) {
      return upperCase ? name : name.toLowerCase(Locale.ROOT);
    }

    String type(String name) {
      return types.getOrDefault(name, name);
    }
  }

  /** What an interrupt of its thread does to a call. */
  public enum OnInterrupt {
    /** Its body runs on the thread, and hears it. */
    ENDS_THE_CALL,
    /** Its driver does not look at it. */
    WAITS_FOR_THE_END,
    /** Its driver gives the connection up, and nobody knows how the call ends. */
    LOSES_THE_CONNECTION
  }

  protected abstract ProcedureGateway gateway();

  protected abstract Capabilities capabilities();

  /** Sets how long PROCESO_LARGO takes from now on. */
  protected void longProcedureTakes(String seconds) {
    System.setProperty(SECONDS, seconds);
  }

  @BeforeEach
  void theLongProcedureTakesATenthOfASecond() {
    longProcedureTakes("0.1");
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
      })
  void aNameIsFoundInAnyCase(String name) {
    Signature signature = only(resolve(name));
    assertThat(signature.name().display()).isEqualTo(spelled("PKG_ETL.PROCESO_LARGO"));
    assertThat(signature.isFunction()).isFalse();
    assertThat(signature)
        .hasToString(
            "%s(%s IN %s, %s OUT %s)"
                .formatted(
                    spelled("PKG_ETL.PROCESO_LARGO"),
                    spelled("VFECHA"),
                    capabilities().type("DATE"),
                    spelled("VRESULTADO"),
                    capabilities().type("NUMBER")));
  }

  @Test
  void aQuotedNameIsFoundAsTheDictionarySpellsItAndInNoOtherWay() {
    String pack = spelled("PKG_ETL");
    String name = spelled("PROCESO_LARGO");
    assertThat(resolve("\"%s\".\"%s\"".formatted(pack, name))).hasSize(1);
    assertThat(resolve("pkg_etl.\"%s\"".formatted(name))).hasSize(1);
    assertThat(resolve("pkg_etl.\"Proceso_Largo\"")).isEmpty();
  }

  @Test
  void aNameAloneIsSoughtInTheDefaultSchema() {
    QualifiedName name = only(resolve("proc_test")).name();
    assertThat(name.inDefaultSchema()).isTrue();
    assertThat(name.display()).isEqualTo(spelled("PROC_TEST"));
    assertThat(name.full()).isEqualTo(name.schema() + "." + spelled("PROC_TEST"));
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
        "\"Proc_Test\"",
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
    List<Signature> overloads = resolve(capabilities().overloaded());
    assertThat(overloads)
        .extracting(signature -> signature.parameters().size())
        .containsExactly(2, 3);
    assertThat(overloads).extracting(Signature::specificName).doesNotHaveDuplicates();
  }

  @Test
  void aFunctionTellsWhatItReturns() {
    Signature suma = only(resolve("suma"));
    assertThat(suma.isFunction()).isTrue();
    assertThat(suma)
        .hasToString(
            "%1$s(%2$s IN %4$s, %3$s IN %4$s) RETURN %4$s"
                .formatted(
                    spelled("SUMA"), spelled("A"), spelled("B"), capabilities().type("NUMBER")));
  }

  @Test
  void everyParameterTellsItsTypeAndItsLimits() {
    assertThat(only(resolve("PROC_TEST_TIPOS")).parameters())
        .filteredOn(parameter -> parameter.direction() == Parameter.Direction.IN)
        .extracting(Parameter::name, Parameter::type)
        .containsExactly(
            tuple(spelled("P_TIMESTAMP"), ParameterType.TIMESTAMP),
            tuple(spelled("P_ZONA"), ParameterType.TIMESTAMP_WITH_ZONE),
            tuple(spelled("P_BOOLEAN"), ParameterType.BOOLEAN),
            tuple(spelled("P_CLOB"), capabilities().clob()),
            tuple(spelled("P_RAW"), ParameterType.BINARY),
            tuple(spelled("P_DECIMAL"), ParameterType.NUMBER),
            tuple(spelled("P_INTEGER"), ParameterType.INTEGER),
            tuple(spelled("P_DOUBLE"), ParameterType.FLOAT));
    assertThat(parameter("PROC_TEST", "P_INPUT").maxLength()).isEqualTo(capabilities().textLimit());
    assertThat(parameter("PROC_TEST_TIPOS", "P_RAW").maxLength())
        .isEqualTo(capabilities().rawLimit());
    assertThat(parameter("PROC_TEST_TIPOS", "P_DECIMAL").integerDigits())
        .isEqualTo(capabilities().integerDigits());
    assertThat(parameter("PROC_TEST_INOUT", "P_VALOR").direction())
        .isEqualTo(Parameter.Direction.INOUT);
  }

  // The catalogue

  private List<ListedProcedure> listed(
      String patterns, String text, QualifiedName after, int most) {
    List<ProcedurePattern> among =
        Stream.of(patterns.split(",")).map(ProcedurePattern::parse).toList();
    return gateway().list(new CatalogueQuery(among, text, after, most));
  }

  private List<String> listed(String patterns) {
    return listed(patterns, null, null, 1000).stream().map(ListedProcedure::spelling).toList();
  }

  @Test
  void aNameIsListedWithWhatThereIsUnderIt() {
    for (String name : List.of("PKG_ETL.PROCESO_LARGO", "SUMA", capabilities().overloaded())) {
      List<Signature> overloads = resolve(name);
      int functions = (int) overloads.stream().filter(Signature::isFunction).count();
      assertThat(listed(name, null, null, 10))
          .containsExactly(
              new ListedProcedure(
                  overloads.get(0).name(), spelled(name), overloads.size() - functions, functions));
    }
  }

  @Test
  void whatAPatternMatchesIsListedInTheOrderOfNames() {
    String schema = only(resolve("PROC_TEST")).name().schema();
    String[] dml =
        Stream.of("PROC_TEST_DML", "PROC_TEST_DML_ERROR", "PROC_TEST_DML_FILAS")
            .map(this::spelled)
            .toArray(String[]::new);
    assertThat(listed("proc_test_dml*")).containsExactly(dml);
    assertThat(listed(schema + ".Proc_Test_Dml*")).containsExactly(dml);
    assertThat(listed("*_TEST_DML*")).containsExactly(dml);
    assertThat(listed("SUMA,PROC_TEST,SUM*"))
        .containsExactly(spelled("PROC_TEST"), spelled("SUMA"));
    assertThat(listed("pkg_etl.*")).containsExactly(spelled("PKG_ETL.PROCESO_LARGO"));
    assertThat(listed("PKG_*"))
        .contains(spelled("PKG_ETL.PROCESO_LARGO"), spelled("PKG_REPORTES.GENERAR_MENSUAL"))
        .isSorted();
    assertThat(listed(schema + ".*")).contains(spelled("SUMA"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROCESO_LARGO",
        "PKG_ETL",
        "PKG_ETL.",
        "PROCxTEST",
        "PROC_TEST_D_L*",
        "NO_EXISTE.*",
        "PKG_ETL.PROC_TEST",
        "X*.PROC_TEST"
      })
  void whatNoPatternMatchesIsNotListed(String pattern) {
    assertThat(listed(pattern)).isEmpty();
  }

  @Test
  void withoutAPatternNothingIsListed() {
    assertThat(gateway().list(new CatalogueQuery(List.of(), null, null, 10))).isEmpty();
  }

  @Test
  void whatIsListedCanBeNamedInACallAndIsNotTheDatabasesOwn() {
    List<ListedProcedure> all = listed("*", null, null, 300);
    assertThat(all).hasSizeGreaterThan(15);
    assertThat(all).extracting(ListedProcedure::name).isSortedAccordingTo(QualifiedName.ORDER);
    assertThat(all).extracting(ListedProcedure::name).doesNotHaveDuplicates();
    for (ListedProcedure each : all) {
      List<Signature> overloads = resolve(each.spelling());
      assertThat(overloads).as(each.spelling()).hasSize(each.procedures() + each.functions());
      assertThat(overloads).extracting(Signature::name).containsOnly(each.name());
    }
    assertThat(all)
        .extracting(each -> each.name().schema().toUpperCase(Locale.ROOT))
        .doesNotContain("SYS", "PG_CATALOG", "INFORMATION_SCHEMA", "SYSTEM_LOBS");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void thePagesOfAListTogetherHaveEveryNameOnce(int most) {
    String patterns = "PROC_*,PKG_*,SUMA";
    List<ListedProcedure> all = listed(patterns, null, null, 1000);
    List<ListedProcedure> paged = new ArrayList<>();
    List<ListedProcedure> page = listed(patterns, null, null, most);
    while (!page.isEmpty()) {
      paged.addAll(page);
      page = listed(patterns, null, page.get(page.size() - 1).name(), most);
    }
    assertThat(paged).isEqualTo(all);
  }

  @Test
  void aTextNarrowsAListInAnyCase() {
    assertThat(listed("*", "etl.Proceso_L", null, 10))
        .extracting(ListedProcedure::spelling)
        .containsExactly(spelled("PKG_ETL.PROCESO_LARGO"));
    assertThat(listed("*", "nada de eso", null, 10)).isEmpty();
    assertThat(listed("PROC_*", "PKG_ETL", null, 10)).isEmpty();
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
    assertNumber(
        call("PKG_ETL.PROCESO_LARGO", in("vfecha", "31/01/2025")), spelled("VRESULTADO"), "38750");
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
    // In bytes no more than in characters, and with some that need more than one.
    String text = "ñ".repeat(100) + "x".repeat(capabilities().longestText() - 200);
    assertThat(call("PROC_TEST", in("p_input", text)).values())
        .containsEntry(spelled("P_OUTPUT"), "Procesado: " + text);
    String letters = "x".repeat(capabilities().longestText());
    assertThat(call("PROC_TEST", in("p_input", letters)).values())
        .containsEntry(spelled("P_OUTPUT"), "Procesado: " + letters);
  }

  @Test
  void nullIsNoText() {
    assertThat(call("PROC_TEST", in("p_input", null)).values())
        .containsEntry(spelled("P_OUTPUT"), "Procesado: ");
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
    "1234567890123456789012345678, 0.0000000001, 1234567890123456789012345678.0000000001"
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
        .containsEntry(spelled("O_TIMESTAMP"), "2025-03-30T02:30:15.123456")
        .containsEntry(spelled("O_ZONA"), offset("2025-12-10T01:02:03+02:00"))
        .containsEntry(spelled("O_BOOLEAN"), true)
        .containsEntry(spelled("O_CLOB"), "ñandú €😀".repeat(20_000))
        .containsEntry(spelled("O_RAW"), "AAEC/w==");
    assertNumber(result, spelled("O_DECIMAL"), "1234567890123456789012345678.0123456789");
    assertNumber(result, spelled("O_INTEGER"), "-2147483648");
    assertNumber(result, spelled("O_DOUBLE"), "0.1");
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
    assertThat(types(in("p_timestamp", given)).values())
        .containsEntry(spelled("O_TIMESTAMP"), told);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-10T01:02:03Z, 2025-12-10T01:02:03Z",
    "2025-12-10T01:02-05:00, 2025-12-10T01:02:00-05:00",
    "2025-07-10T01:02:03.25+05:30, 2025-07-10T01:02:03.25+05:30"
  })
  void aTimeWithAZoneIsTheSameMoment(String given, String told) {
    assertThat(types(in("p_zona", given)).values()).containsEntry(spelled("O_ZONA"), offset(told));
  }

  /** In UTC where the database does not keep the offset that was given. */
  private String offset(String time) {
    OffsetDateTime given = OffsetDateTime.parse(time);
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        capabilities().keepsOffsets() ? given : given.withOffsetSameInstant(ZoneOffset.UTC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99999999999999999999999999999999999999",
        "-99999999999999999999999999999999999999",
        "0.0000000001",
        "-9999999999999999999999999999.9999999999",
        "0"
      })
  void thirtyEightDigitsGoThrough(String number) {
    ProcedureResult result =
        call("SUMA", in("a", new BigDecimal(number)), in("b", BigDecimal.ZERO));
    assertNumber(result, ArgumentMatching.RETURN_VALUE, number);
  }

  @Test
  void aTextOfFiveMebibytesGoesThrough() {
    String text = "0123456789abcde€😀".repeat(5 * 1024 * 1024 / 18);
    KeptResults kept = new KeptResults();
    ProcedureResult result = call(kept, "PROC_TEST_TIPOS", types("p_clob", text));
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    assertThat(result.values().get(spelled("O_CLOB")))
        .isInstanceOfSatisfying(
            LargeValue.class,
            large -> {
              assertThat(large.kind()).isEqualTo(LargeValue.Kind.TEXT);
              assertThat(large.size()).isEqualTo(size);
            });
    assertThat(kept.whole(result)).containsEntry(spelled("O_CLOB"), text);
  }

  @Test
  void bytesOfOneMebibyteGoThrough() {
    byte[] bytes = new byte[1024 * 1024];
    new Random(7).nextBytes(bytes);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    KeptResults kept = new KeptResults();
    ProcedureResult result = call(kept, "PROC_TEST_BLOB", in("p_blob", base64));
    assertThat(kept.whole(result)).containsEntry(spelled("O_BLOB"), base64);
    assertThat(kept.names().isEmpty()).isNotEqualTo(capabilities().largeBytes());
    assertThat(call("PROC_TEST_BLOB", in("p_blob", null)).values())
        .containsEntry(spelled("O_BLOB"), null);
  }

  @Test
  void aParameterWithADefaultMayBeLeftOut() {
    List<Argument> arguments = List.of(in("p_a", BigDecimal.ONE));
    if (capabilities().defaults()) {
      assertNumber(call("PROC_TEST_DEFECTO", arguments.get(0)), spelled("P_R"), "6");
    } else {
      assertThat(failureOf("PROC_TEST_DEFECTO", arguments.get(0)).fields())
          .singleElement()
          .satisfies(field -> assertThat(field.message().arguments().get(0)).contains("P_B"));
    }
    assertNumber(
        call("PROC_TEST_DEFECTO", in("p_b", BigDecimal.TEN), in("p_a", BigDecimal.ONE)),
        spelled("P_R"),
        "11");
  }

  @Test
  void theOverloadIsTakenThatHasTheArguments() {
    Argument one = in("p_a", BigDecimal.ONE);
    Argument two = in("p_b", BigDecimal.ONE);
    assertThat(call(capabilities().overloaded(), one).values())
        .containsEntry(spelled("P_RESULT"), "uno");
    assertThat(call(capabilities().overloaded(), one, two).values())
        .containsEntry(spelled("P_RESULT"), "dos");
  }

  @Test
  void aSecretGoesInAndOnlyItsLengthComesOut() {
    ProcedureResult result =
        call("PROC_TEST_CLAVE", in("p_usuario", "ana"), in("p_clave", "secreta"));
    assertThat(result.values()).containsEntry(spelled("P_OK"), "ana: clave de 7 caracteres");
  }

  // Rows

  @Test
  void aResultSetComesBesideTheOutValues() {
    ProcedureResult result = monthly(12, 2025);
    assertThat(result.values().keySet())
        .containsExactly(spelled("VTOTAL_REGISTROS"), capabilities().cursorKey());
    Rows rows = rows(result);
    assertThat(rows.columns())
        .containsExactly(
            Stream.of("FECHA", "REGION", "PRODUCTO", "UNIDADES", "IMPORTE", "DEVUELTO")
                .map(this::spelled)
                .toArray(String[]::new));
    assertThat(rows.rows().get(0))
        .startsWith("2025-12-01T00:00:00", "Andalucía", "Aceite de oliva");
    assertNumber(result, spelled("VTOTAL_REGISTROS"), String.valueOf(rows.rowCount()));
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
  void aTextOfAQuarterOfAMillionCharactersIsTheResultsOwn() {
    String text = "ñ".repeat(256 * 1024);
    KeptResults kept = new KeptResults();
    assertThat(call(kept, "PROC_TEST_TIPOS", types("p_clob", text)).values())
        .containsEntry(spelled("O_CLOB"), text);
    assertThat(kept.names()).isEmpty();
    ProcedureResult longer = call(kept, "PROC_TEST_TIPOS", types("p_clob", text + "x"));
    assertThat(longer.values().get(spelled("O_CLOB"))).isInstanceOf(LargeValue.class);
    assertThat(kept.whole(longer)).containsEntry(spelled("O_CLOB"), text + "x");
  }

  @Test
  void manyRowsAllGoWhereTheyAreKept() {
    KeptResults kept = new KeptResults();
    ProcedureResult result = call(kept, "PKG_REPORTES.GENERAR_MENSUAL", month(2, 2024));
    Rows rows = rows(result);
    assertThat(rows.stored()).isNotNull();
    List<List<Object>> all = kept.rowsOf(capabilities().cursorKey());
    assertThat(all).hasSize(29 * 10 * 12);
    assertThat(all.subList(0, rows.rows().size())).isEqualTo(rows.rows());
  }

  @Test
  void whatCannotBeKeptEndsTheCall() {
    FailureException full = Failure.of(FailureCode.RESULT_TOO_LARGE, 7).toException();
    KeptResults refusing =
        new KeptResults(
            () -> {
              throw full;
            });
    assertThatThrownBy(
            () -> call(refusing, "PROC_TEST_TIPOS", types("p_clob", "x".repeat(300_000))))
        .isSameAs(full);
    assertThatThrownBy(() -> call(refusing, "PKG_REPORTES.GENERAR_MENSUAL", month(2, 2024)))
        .isSameAs(full);
  }

  // Failures

  @Test
  void whatTheProcedureRaisedIsToldInItsOwnWords() {
    Failure failure = failureOf("PROC_TEST_ERROR", in("p_should_fail", BigDecimal.ONE));
    assertThat(failure.code()).isEqualTo(FailureCode.PROCEDURE_RAISED);
    assertThat(failure.databaseCode()).isEqualTo(raised(20001));
    assertThat(failure.text(Language.SPANISH)).endsWith("Error intencional de prueba");
  }

  @Test
  void theCauseIsKeptForTheLog() {
    assertThatThrownBy(() -> call("PROC_TEST_ERROR", in("p_should_fail", BigDecimal.ONE)))
        .isInstanceOf(FailureException.class)
        .rootCause()
        .hasMessageContaining("Error intencional de prueba");
  }

  @Test
  void theSameProcedureMayAlsoEndWell() {
    assertThat(call("PROC_TEST_ERROR", in("p_should_fail", BigDecimal.ZERO)).values()).isEmpty();
  }

  @Test
  void whatIsMissingForTheProcedureIsItsOwnError() {
    Failure failure = failureOf("PKG_ETL.PROCESO_LARGO", in("vFECHA", null));
    assertThat(failure.code()).isEqualTo(FailureCode.PROCEDURE_RAISED);
    assertThat(failure.databaseCode()).isEqualTo(raised(20002));
    assertThat(failure.text(Language.ENGLISH)).endsWith("vFECHA es obligatoria");
    assertThat(failureOf("PKG_REPORTES.GENERAR_MENSUAL", month(13, 2025)).databaseCode())
        .isEqualTo(raised(20003));
    assertThat(failureOf("PROC_TEST_DEMORA", in("segundos", new BigDecimal(-1))).databaseCode())
        .isEqualTo(raised(20004));
  }

  @Test
  void anErrorOfTheDatabaseHasTheDatabasesCodeAndNoJavaInIt() {
    Failure failure = failureOf("PROC_TEST_DML", in("p_table_name", "x".repeat(31)));
    assertThat(failure.code()).isEqualTo(FailureCode.DATA_ERROR);
    assertThat(failure.databaseCode()).isEqualTo(capabilities().tooLongCode());
    assertThat(failure.text(Language.ENGLISH)).isNotBlank().doesNotContain("Exception", "java");
  }

  @Test
  void aNumberThatOnlyTheDatabaseFindsTooLargeIsItsError() {
    Failure failure =
        failureOf("PROC_TEST_TIPOS", types("p_integer", new BigDecimal("2147483648")));
    assertThat(failure.code()).isEqualTo(FailureCode.DATA_ERROR);
    assertThat(failure.databaseCode()).isEqualTo(capabilities().outOfRangeCode());
  }

  @Test
  void whatSucceededStays() {
    String tag = "ok-" + System.nanoTime();
    assertNumber(call("PROC_TEST_DML", in("p_table_name", tag)), spelled("P_ROWS_CREATED"), "5");
    assertThat(kept(tag)).isEqualTo(5);
  }

  @Test
  void ofWhatFailedNothingStays() {
    String tag = "bad-" + System.nanoTime();
    assertThat(failureOf("PROC_TEST_DML_ERROR", in("p_table_name", tag)).databaseCode())
        .isEqualTo(raised(20005));
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
  void progressIsToldWithMessagesAndNeverFalls() throws Exception {
    longProcedureTakes(capabilities().polledProgress() ? "1.5" : "0.1");
    // What it says it does may be seen a moment before its first numbers are.
    List<Progress> told =
        observed("2025-12-10").stream().filter(progress -> progress.done() != null).toList();
    assertThat(told).isNotEmpty().isSortedAccordingTo((a, b) -> a.percent() - b.percent());
    if (!capabilities().polledProgress()) {
      assertThat(told).hasSize(50);
    }
    assertThat(told)
        .allSatisfy(
            progress -> {
              assertThat(progress.source()).isEqualTo(capabilities().longProgress());
              assertThat(progress.unit()).isEqualTo("lotes");
              assertThat(progress.total()).isEqualByComparingTo("50");
              int lot = progress.done().intValueExact();
              assertThat(progress.percent()).isEqualTo(Math.min(lot * 2, 99));
              assertThat(lotOf(progress, 250)).isBetween(lot - 1, lot + 1);
            });
  }

  @Test
  void aListenerThatFailsDoesNotFailTheCall() {
    CallListener broken =
        new CallListener() {
          @Override
          public void progressed(Progress progress) {
            throw new IllegalStateException("nobody there");
          }

          @Override
          public void logged(List<String> lines) {
            throw new IllegalStateException("nobody there");
          }
        };
    assertNumber(
        call(broken, "PKG_ETL.PROCESO_LARGO", in("vFECHA", "2025-12-10")),
        spelled("VRESULTADO"),
        "12500");
    assertThat(call(broken, "PROC_TEST_LOG", in("p_falla", BigDecimal.ZERO)).values()).isEmpty();
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
        assertNumber(
            futures.get(number - 1).get(), spelled("VRESULTADO"), String.valueOf(1250 * number));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void eachOfManyCallsAtOnceHearsItsOwnProgress() throws Exception {
    longProcedureTakes(capabilities().polledProgress() ? "1.5" : "0.1");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Progress>>> futures = new ArrayList<>();
      for (int day = 1; day <= 4; day++) {
        String date = "2025-12-0" + day;
        futures.add(threads.submit(() -> observed(date)));
      }
      for (int day = 1; day <= 4; day++) {
        int perLot = 25 * day;
        assertThat(futures.get(day - 1).get())
            .isNotEmpty()
            .allSatisfy(progress -> assertThat(lotOf(progress, perLot)).isBetween(1, 50));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The lot that a message is about; it may be told a moment before or after the numbers are. */
  private static int lotOf(Progress progress, int perLot) {
    Matcher lot = LOT.matcher(progress.message());
    assertThat(lot.matches()).as(progress.message()).isTrue();
    int number = Integer.parseInt(lot.group(1));
    assertThat(lot.group(2)).isEqualTo(String.valueOf(number * perLot));
    return number;
  }

  /** What a call of the long procedure tells, when it is asked again and again. */
  private List<Progress> observed(String date) throws Exception {
    List<Progress> told = new CopyOnWriteArrayList<>();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<ProcedureResult> result =
          thread.submit(
              () -> call(hearing(told::add), "PKG_ETL.PROCESO_LARGO", in("vFECHA", date)));
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                gateway().observe();
                return result.isDone();
              });
      result.get();
    } finally {
      thread.shutdownNow();
    }
    return told;
  }

  @Test
  void nothingIsObservedWhereNothingRuns() {
    gateway().observe();
  }

  // What a procedure writes

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void whatTheProcedureWritesIsToldAlsoWhenItFails(BigDecimal fails) {
    List<String> log = new ArrayList<>();
    CallListener listener =
        new CallListener() {
          @Override
          public void logged(List<String> lines) {
            log.addAll(lines);
          }
        };
    FailureException thrown =
        catchThrowableOfType(
            FailureException.class, () -> call(listener, "PROC_TEST_LOG", in("p_falla", fails)));
    assertThat(thrown == null).isEqualTo(fails.signum() == 0);
    if (capabilities().writesLog()) {
      assertThat(log).containsExactly("empieza", "línea con ñ € 😀", "termina");
    } else {
      assertThat(log).isEmpty();
    }
  }

  @Test
  void whatOneCallWroteIsNotTheNextOnes() {
    call("PROC_TEST_LOG", in("p_falla", BigDecimal.ZERO));
    List<String> log = new ArrayList<>();
    CallListener listener =
        new CallListener() {
          @Override
          public void logged(List<String> lines) {
            log.addAll(lines);
          }
        };
    call(listener, "PROC_TEST", in("p_input", "x"));
    assertThat(log).isEmpty();
  }

  // The transaction of the call

  @Test
  void whoListensHearsOfTheTransactionBeforeAndAfterTheCall() {
    List<Object> heard = new ArrayList<>();
    CallListener listener =
        new CallListener() {
          @Override
          public void begins(CallTransaction transaction) {
            heard.add(transaction);
          }

          @Override
          public void returned(ProcedureResult result, CallTransaction transaction) {
            heard.add(transaction);
            heard.add(result);
          }
        };
    ProcedureResult result = call(listener, "PROC_TEST", in("p_input", "x"));
    assertThat(heard).hasSize(3);
    assertThat(heard.get(0)).isSameAs(heard.get(1));
    assertThat(heard.get(2)).isSameAs(result);
  }

  @Test
  void whatIsThrownBeforeTheCommitRollsBack() {
    String tag = "no-" + System.nanoTime();
    RuntimeException refusal = Failure.of(FailureCode.CLAIM_LOST).toException();
    CallListener refusing =
        new CallListener() {
          @Override
          public void returned(ProcedureResult result, CallTransaction transaction) {
            throw refusal;
          }
        };
    assertThatThrownBy(() -> call(refusing, "PROC_TEST_DML", in("p_table_name", tag)))
        .isSameAs(refusal);
    assertThat(kept(tag)).isZero();
  }

  // Cancel

  @Test
  void aCancelEndsTheCallAndTheNextOneIsNotDisturbed() throws Exception {
    CallTag tag = tag();
    Future<Failure> failure = inBackground(tag, "PROC_TEST_DEMORA", new BigDecimal(60));
    Awaitility.await().until(() -> gateway().cancel(tag.id()));
    assertThat(failure.get(10, TimeUnit.SECONDS).code()).isEqualTo(FailureCode.CANCELLED);
    IntStream.range(0, 5)
        .forEach(
            again ->
                assertThat(call("PROC_TEST", in("p_input", "x")).values())
                    .containsEntry(spelled("P_OUTPUT"), "Procesado: x"));
  }

  @Test
  void aCancelThatComesTwiceIsOne() throws Exception {
    CallTag tag = tag();
    Future<Failure> failure = inBackground(tag, "PROC_TEST_DEMORA", new BigDecimal(60));
    Awaitility.await().until(() -> gateway().cancel(tag.id()));
    gateway().cancel(tag.id());
    assertThat(failure.get(10, TimeUnit.SECONDS).code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(gateway().cancel(tag.id())).isFalse();
  }

  @Test
  void whatDoesNotRunCannotBeCancelled() {
    assertThat(gateway().cancel("0123456789abcdef")).isFalse();
  }

  @Test
  void whatHasReturnedCannotBeCancelledOrTerminatedAnyMore() {
    CallTag tag = tag();
    List<Boolean> heard = new ArrayList<>();
    CallListener asking =
        new CallListener() {
          @Override
          public void returned(ProcedureResult result, CallTransaction transaction) {
            heard.add(gateway().cancel(tag.id()));
            heard.add(gateway().terminate(tag.id()));
          }
        };
    assertThat(call(tag, asking, "PROC_TEST", in("p_input", "x")).values())
        .containsEntry(spelled("P_OUTPUT"), "Procesado: x");
    assertThat(heard).containsExactly(false, false);
  }

  @Test
  void whatDoesNotRunIsNotAliveAndCannotBeEnded() {
    String id = tag().id();
    assertThat(gateway().alive(List.of(id))).isIn(Optional.empty(), Optional.of(Set.of()));
    assertThat(gateway().terminate(id)).isFalse();
    assertThat(gateway().stopAbandoned(id)).isFalse();
  }

  @Test
  void aCancelledCallAmongOthersIsTheOnlyOneThatEnds() throws Exception {
    CallTag cancelled = tag();
    CallTag left = tag();
    Future<Failure> one = inBackground(cancelled, "PROC_TEST_DEMORA", new BigDecimal(60));
    Future<Failure> other = inBackground(left, "PROC_TEST_DEMORA", new BigDecimal("1"));
    Awaitility.await().until(() -> gateway().cancel(cancelled.id()));
    assertThat(one.get(10, TimeUnit.SECONDS).code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(other.get(10, TimeUnit.SECONDS)).isNull();
  }

  /** The failure that a call of one number ends with, or null. */
  private Future<Failure> inBackground(CallTag tag, String name, BigDecimal number) {
    ProcedureName parsed = ProcedureName.parse(name, null);
    List<Signature> signatures = gateway().resolve(parsed);
    Argument argument = in(signatures.get(0).parameters().get(0).name(), number);
    BoundCall bound =
        ArgumentMatching.match(
            new ProcedureCall(parsed, null, false, List.of(argument)), signatures);
    CompletableFuture<Failure> ended = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                gateway().call(bound, tag, new CallListener() {});
                ended.complete(null);
              } catch (FailureException e) {
                ended.complete(e.failure());
              } catch (RuntimeException e) {
                ended.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return ended;
  }

  @Test
  void aDelayTakesItsTime() {
    long begin = System.nanoTime();
    assertThat(call("PROC_TEST_DEMORA", in("segundos", new BigDecimal("0.05"))).values()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(45));
  }

  @Test
  void afterAnInterruptTheTruthIsToldAndTheNextCallIsNotDisturbed() throws Exception {
    AtomicReference<Failure> failure = new AtomicReference<>();
    AtomicReference<Boolean> stillInterrupted = new AtomicReference<>();
    CallTag tag = tag();
    BigDecimal seconds =
        new BigDecimal(
            capabilities().onInterrupt() == OnInterrupt.WAITS_FOR_THE_END ? "0.5" : "60");
    Thread thread =
        new Thread(
            () -> {
              FailureException thrown =
                  catchThrowableOfType(
                      FailureException.class,
                      () ->
                          call(
                              tag,
                              new CallListener() {},
                              "PROC_TEST_DEMORA",
                              in("segundos", seconds)));
              failure.set(thrown == null ? null : thrown.failure());
              stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    Awaitility.await().until(() -> isRunning(tag));
    thread.interrupt();
    thread.join(10_000);

    assertThat(thread.isAlive()).isFalse();
    switch (capabilities().onInterrupt()) {
      case ENDS_THE_CALL ->
          assertThat(failure.get())
              .extracting(Failure::code, Failure::databaseCode)
              .containsExactly(FailureCode.DATABASE_ERROR, "ORA-01013");
      case WAITS_FOR_THE_END -> assertThat(failure.get()).isNull();
      case LOSES_THE_CONNECTION ->
          assertThat(failure.get())
              .extracting(Failure::code)
              .isEqualTo(FailureCode.OUTCOME_UNKNOWN);
    }
    assertThat(stillInterrupted.get()).isTrue();
    IntStream.range(0, 5)
        .forEach(
            again ->
                assertThat(call("PROC_TEST", in("p_input", "x")).values())
                    .containsEntry(spelled("P_OUTPUT"), "Procesado: x"));
  }

  /** Whether the database has begun with a call. */
  protected abstract boolean isRunning(CallTag tag);

  @Test
  void aPingReachesTheDatabase() {
    gateway().ping();
  }

  // Words

  protected final List<Signature> resolve(String name) {
    return gateway().resolve(ProcedureName.parse(name, null));
  }

  protected final ProcedureResult call(String name, Argument... arguments) {
    return call(new CallListener() {}, name, arguments);
  }

  protected final ProcedureResult call(CallListener listener, String name, Argument... arguments) {
    return call(tag(), listener, name, arguments);
  }

  protected final ProcedureResult call(
      CallTag tag, CallListener listener, String name, Argument... arguments) {
    ProcedureName parsed = ProcedureName.parse(name, null);
    ProcedureCall call = new ProcedureCall(parsed, null, false, List.of(arguments));
    BoundCall bound = ArgumentMatching.match(call, gateway().resolve(parsed));
    return gateway().call(bound, tag, listener);
  }

  /** As a job has one: 32 hex digits. */
  protected static CallTag tag() {
    return new CallTag("%032x".formatted(TAGS.incrementAndGet()), "ana");
  }

  protected final String spelled(String name) {
    return capabilities().spelled(name);
  }

  private String raised(int number) {
    return capabilities().raisedCode().apply(number);
  }

  private static CallListener hearing(Consumer<Progress> progress) {
    return new CallListener() {
      @Override
      public void progressed(Progress news) {
        progress.accept(news);
      }
    };
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

  private Rows rows(ProcedureResult result) {
    return (Rows) result.values().get(capabilities().cursorKey());
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
