package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.Parameter.Shape;
import org.diferido.procedure.ProcedureCall.Argument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretValuesTest {

  private static final SecretNames NAMES = SecretNames.parse("*clave*");

  private static Parameter in(String name, ParameterType type, Shape shape) {
    return new Parameter(name, Direction.IN, type, "X", false, 0, 0, shape);
  }

  private static Parameter in(String name, ParameterType type) {
    return in(name, type, Shape.NONE);
  }

  private static ProcedureCall call(Argument... arguments) {
    return new ProcedureCall(ProcedureName.parse("P", null), null, false, Arrays.asList(arguments));
  }

  private static Argument argument(String name, Object value) {
    return new Argument(name, value, true, null, null, false);
  }

  /** Those of a call of one parameter. */
  private static SecretValues of(Parameter parameter, Object value) {
    ProcedureCall call = call(argument(parameter.name(), value));
    Signature signature =
        new Signature(
            new QualifiedName("PUBLIC", null, "P", true), "P_1", List.of(parameter), null);
    BoundCall bound = ArgumentMatching.match(call, List.of(signature));
    return SecretValues.of(call).and(bound, NAMES);
  }

  private static SecretValues ofText(String value) {
    return of(in("P_CLAVE", ParameterType.TEXT), value);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "hunter2|Failing row contains (1, hunter2, null).|Failing row contains (1, ***, null).",
        "hunter2|hunter2hunter2 and xhunter2x|****** and x***x",
        "hunter2|HUNTER2 is refused|*** is refused",
        "hunter2|a hunter is no secret|a hunter is no secret",
        "o'hara|near 'o''hara'|near '***'",
        "a\"b\\c|row (\"a\"\"b\\\\c\"), JSON \"a\\\"b\\\\c\"|row (\"***\"), JSON \"***\"",
        "(.*)$1|is (.*)$1 a pattern|is *** a pattern",
        "` hunter2 `|is `hunter2` here|is `***` here",
      },
      delimiter = '|')
  void everyOccurrenceIsMaskedHoweverItIsQuoted(String secret, String text, String masked) {
    assertThat(ofText(secret).masked(text)).isEqualTo(masked);
  }

  @Test
  void ofAValueThatATextBreaksOffNothingIsLeft() {
    SecretValues secrets = ofText("eyJhbGciOiJIUzI1NiJ9.payload.signature");
    assertThat(secrets.masked("row contains (1, eyJhbGciOiJIUzI1..., null)"))
        .isEqualTo("row contains (1, ***..., null)");
    assertThat(secrets.masked("cut: eyJhbGci…")).isEqualTo("cut: ***…");
    assertThat(secrets.masked("at the end eyJh")).isEqualTo("at the end ***");
    assertThat(secrets.masked("eyJh is not it")).isEqualTo("eyJh is not it");
  }

  @Test
  void aVeryShortValueIsMaskedWhereItIsAWord() {
    SecretValues secrets = ofText("ab");
    assertThat(secrets.masked("row (ab, 1): table about_ab, ab"))
        .isEqualTo("row (***, 1): table about_ab, ***");
  }

  @Test
  void eachLineOfAValueIsASecretSinceALogIsKeptByLines() {
    SecretValues secrets = ofText("primera\r\n  segunda\n\nx");
    assertThat(secrets.masked(List.of("es primera", "segunda.", "x", "xyz")))
        .containsExactly("es ***", "***.", "***", "xyz");
  }

  @Test
  void ofTwoSecretsThatBeginAlikeTheLongerIsMasked() {
    ProcedureCall call =
        call(argument("a", "abc"), argument("b", "abcdef")).withSecrets(Set.of(0, 1));
    assertThat(SecretValues.of(call).masked("abcdef abc abcd.")).isEqualTo("*** *** ***d.");
  }

  @Test
  void numbersBytesAndTimesAreMaskedAsADatabaseWritesThem() {
    Parameter number = in("CLAVE", ParameterType.NUMBER);
    assertThat(of(number, new BigDecimal("1.2E+4")).masked("12000, 1.2E+4")).isEqualTo("***, ***");
    assertThat(of(number, "0012.50").masked("(12.5), (12.50)")).isEqualTo("(***), (***)");
    Parameter bytes = in("CLAVE", ParameterType.BINARY);
    assertThat(of(bytes, "aG9sYQ==").masked("\\x686f6c61 HOLA 686F6C61 aG9sYQ=="))
        .isEqualTo("\\x*** HOLA *** ***");
    Parameter time = in("CLAVE", ParameterType.TIMESTAMP);
    assertThat(of(time, "10/12/2025 08:30").masked("2025-12-10T08:30, 2025-12-10 08:30:00"))
        .isEqualTo("***, *** 08:30:00");
  }

  @Test
  void aNumberOfAbsurdScaleDoesNotFillTheMemory() {
    Argument given = argument("clave", new BigDecimal("0E-2000000000"));
    SecretValues secrets = SecretValues.of(call(given).withSecrets(Set.of(0)));
    assertThat(secrets.masked("0E-2000000000")).isEqualTo("***");
  }

  @Test
  void ofAnObjectOnlyTheSecretAttributesAreMaskedHoweverDeep() {
    Parameter user = in("USUARIO", ParameterType.TEXT);
    Parameter keys =
        in(
            "CLAVES",
            ParameterType.COLLECTION,
            new Shape("APP", "T", List.of(in("", ParameterType.TEXT)), 0));
    Parameter account =
        in("CUENTA", ParameterType.OBJECT, new Shape("APP", "T_CUENTA", List.of(user, keys), 0));
    Parameter accounts =
        in("CUENTAS", ParameterType.COLLECTION, new Shape("APP", "T_C", List.of(account), 0));
    Map<String, Object> given =
        Map.of("usuario", "ana", "claves", List.of("hunter2", new BigDecimal(987)));
    String text = "(ana, hunter2, 987)";
    assertThat(of(account, given).masked(text)).isEqualTo("(ana, ***, ***)");
    assertThat(of(accounts, List.of(given)).masked(text)).isEqualTo("(ana, ***, ***)");
    ProcedureCall marked =
        call(argument("x", List.of(given))).withSecretAttributes(Map.of(0, Set.of("CLAVES")));
    assertThat(SecretValues.of(marked).masked(text)).isEqualTo("(ana, ***, ***)");
  }

  @Test
  void whatIsNotSecretOrNothingLeavesEveryTextAsItIs() {
    assertThat(of(in("P_X", ParameterType.TEXT), "hunter2").isEmpty()).isTrue();
    assertThat(ofText(null).isEmpty()).isTrue();
    assertThat(ofText("").isEmpty()).isTrue();
    assertThat(ofText(" \n").masked("a b\nc")).isEqualTo("a b\nc");
  }

  @Test
  void aFailureAndAProgressKeepAllButTheSecret() {
    SecretValues secrets = ofText("hunter2");
    assertThat(secrets.masked(Failure.ofDatabase(FailureCode.DATA_ERROR, "X1", "no hunter2")))
        .isEqualTo(Failure.ofDatabase(FailureCode.DATA_ERROR, "X1", "no ***"));
    assertThat(secrets.masked(Progress.said("3/10 hunter2: con hunter2")))
        .isEqualTo(Progress.said("3/10 ***: con ***"));
    assertThat(secrets.masked(Progress.NONE)).isEqualTo(Progress.NONE);
  }
}
