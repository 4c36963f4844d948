package org.diferido.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.failure.FieldError;
import org.diferido.failure.Language;
import org.diferido.procedure.BoundCall.Binding;
import org.diferido.procedure.ProcedureCall.Argument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentMatchingTest {

  private static final Signature LONG =
      TestSignatures.procedure(
          "PKG_ETL", "PROCESO_LARGO", "VFECHA IN DATE", "VRESULTADO OUT NUMBER");
  private static final Signature INOUT =
      TestSignatures.procedure("PUBLIC", "P", "A INOUT NUMBER", "B IN NUMBER DEFAULT");
  private static final Signature FUNCTION = function("A IN NUMBER", "B IN NUMBER");

  @Test
  void namesGoToTheirParametersInAnyCaseAndOrder() {
    BoundCall call = match(LONG, out("vResultado"), in("vfecha", "2025-12-10"));
    assertThat(call.bindings()).extracting(Binding::key).containsExactly("vfecha", "vResultado");
    assertThat(call.bindings()).extracting(Binding::place).containsExactly(1, 0);
    assertThat(call.bindings().get(0).value()).isEqualTo(LocalDateTime.of(2025, 12, 10, 0, 0));
  }

  @Test
  void anExactSpellingWinsOverTheOtherCase() {
    Signature twins = TestSignatures.procedure("S", "P", "ab IN NUMBER", "AB IN NUMBER");
    BoundCall call = match(twins, in("AB", BigDecimal.ONE), in("ab", BigDecimal.TEN));
    assertThat(call.bindings())
        .extracting(Binding::value)
        .containsExactly(BigDecimal.TEN, BigDecimal.ONE);
  }

  @Test
  void whenNoNameIsKnownAndTheCountFitsTheyGoInOrder() {
    BoundCall call = match(LONG, in("fecha", "2025-12-10"), out("total"));
    assertThat(call.bindings()).extracting(Binding::key).containsExactly("fecha", "total");
  }

  @Test
  void argumentsWithoutNamesGoInOrderToo() {
    BoundCall call = match(LONG, in("", "2025-12-10"), out(""));
    assertThat(call.bindings()).extracting(Binding::key).containsExactly("VFECHA", "VRESULTADO");
  }

  @Test
  void aMixOfKnownAndUnknownNamesIsRefusedWithTheStrangersAndTheSignature() {
    FailureException thrown = refused(LONG, in("vfecha", "2025-12-10"), out("otro"));
    assertThat(thrown.failure().code()).isEqualTo(FailureCode.INVALID_ARGUMENTS);
    assertThat(thrown.failure().fields())
        .contains(FieldError.of("/params/1/name", "argument.stranger", "otro", LONG));
    assertThat(thrown.failure().text(Language.ENGLISH)).contains("otro", LONG.toString());
  }

  @Test
  void unknownNamesOfAnotherCountAreRefused() {
    assertThat(keys(LONG, in("x", "1"), in("y", "2"), in("z", "3")))
        .contains("argument.stranger", "argument.missing");
  }

  @Test
  void aMissingParameterIsNamedWithTheSignature() {
    assertThat(refused(LONG).failure().fields())
        .containsExactly(
            FieldError.of("/params", "argument.missing", LONG.parameters().get(0), LONG));
  }

  @Test
  void anOutMayBeLeftOutAndComesUnderItsOwnName() {
    BoundCall call = match(LONG, in("vfecha", null));
    Binding out = call.bindings().get(1);
    assertThat(out).isEqualTo(new Binding(LONG.parameters().get(1), -1, null, "VRESULTADO"));
    assertThat(out.isPassed()).isTrue();
  }

  @Test
  void aParameterWithADefaultMayBeLeftOutAndIsNotPassed() {
    BoundCall call = match(INOUT, in("a", BigDecimal.ONE));
    assertThat(call.bindings()).extracting(Binding::isPassed).containsExactly(true, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INOUT", "IN OUT", "in  out", "inOut", "IN", "OUT"})
  void anInOutMayBeCalledByAnyDirection(String direction) {
    Argument argument = new Argument("a", BigDecimal.ONE, true, direction, null, false);
    assertThat(match(INOUT, argument).bindings().get(0).value()).isEqualTo(BigDecimal.ONE);
  }

  @Test
  void aDirectionThatDoesNotFitIsRefused() {
    Argument wrong = new Argument("vfecha", "2025-12-10", true, "OUT", null, false);
    assertThat(keys(LONG, wrong)).containsExactly("argument.wrong_direction");
    assertThat(keys(LONG, in("vfecha", null), in("vresultado", BigDecimal.ONE)))
        .containsExactly("argument.wrong_direction");
    Argument both = new Argument("vfecha", "2025-12-10", true, "INOUT", null, false);
    assertThat(keys(LONG, both)).containsExactly("argument.wrong_direction");
  }

  @Test
  void aDirectionThatIsNoneIsRefused() {
    Argument sideways = new Argument("vfecha", "2025-12-10", true, "SIDEWAYS", null, false);
    assertThat(keys(LONG, sideways)).containsExactly("argument.direction");
  }

  @Test
  void aNameThatComesTwiceIsRefused() {
    assertThat(keys(LONG, in("vfecha", null), in("VFECHA", null)))
        .containsExactly("argument.twice");
  }

  @ParameterizedTest
  @CsvSource({
    "date, ",
    "DATE, ",
    " timestamp , ",
    "string, argument.wrong_type",
    "number, argument.wrong_type",
    "xml, argument.type_unknown",
    "'', "
  })
  void aTypeHasToFitIfItIsGiven(String type, String problem) {
    Argument argument = new Argument("vfecha", "2025-12-10", true, null, type, false);
    if (problem == null) {
      assertThat(match(LONG, argument)).isNotNull();
    } else {
      assertThat(keys(LONG, argument)).containsExactly(problem);
    }
  }

  @Test
  void aValueThatDoesNotFitIsToldAtItsPlace() {
    assertThat(refused(LONG, out("vresultado"), in("vfecha", "ayer")).failure().fields())
        .containsExactly(FieldError.of("/params/1/value", "value.date"));
  }

  @Test
  void everyFaultIsToldAtOnce() {
    Argument bad = new Argument("vfecha", "ayer", true, "SIDEWAYS", "xml", false);
    assertThat(keys(LONG, bad, in("vresultado", BigDecimal.ONE)))
        .containsExactlyInAnyOrder(
            "argument.direction",
            "argument.type_unknown",
            "value.date",
            "argument.wrong_direction");
  }

  @Test
  void everyFaultHasATextInBothLanguages() {
    Argument bad = new Argument("vfecha", "ayer", true, "SIDEWAYS", "xml", false);
    FailureException thrown = refused(LONG, bad, in("otro", BigDecimal.ONE));
    for (Language language : Language.values()) {
      assertThat(thrown.failure().text(language)).contains("/params/0/direction", "otro");
    }
  }

  @Test
  void aFunctionsValueGoesToTheFirstOutThatIsNobodyElses() {
    BoundCall call = match(FUNCTION, in("a", null), out("total"), in("b", null));
    assertThat(call.returnKey()).isEqualTo("total");
    assertThat(call.bindings()).extracting(Binding::place).containsExactly(0, 2);
    assertThat(match(FUNCTION, in("a", null), in("b", null)).returnKey()).isEqualTo("return_value");
    assertThat(match(FUNCTION, in("a", null), in("b", null), out("")).returnKey())
        .isEqualTo("return_value");
  }

  @Test
  void aFunctionCanBeCalledInOrderWithAnOutInFront() {
    BoundCall call = match(FUNCTION, out("r"), in("x", BigDecimal.ONE), in("y", BigDecimal.TEN));
    assertThat(call.returnKey()).isEqualTo("r");
    assertThat(call.bindings())
        .extracting(Binding::value)
        .containsExactly(BigDecimal.ONE, BigDecimal.TEN);
  }

  @Test
  void aProcedureIsNoFunction() {
    ProcedureCall call = call(true, in("vfecha", null));
    FailureException thrown =
        catchThrowableOfType(
            FailureException.class, () -> ArgumentMatching.match(call, List.of(LONG)));
    assertThat(thrown.failure().fields())
        .containsExactly(FieldError.of("/isFunction", "argument.not_a_function", LONG));
  }

  @Test
  void ofOverloadsTheOneThatFitsIsTaken() {
    Signature one = TestSignatures.procedure("S", "P", "A IN NUMBER");
    Signature two = TestSignatures.procedure("S", "P", "A IN NUMBER", "B IN NUMBER");
    assertThat(matchAny(List.of(one, two), in("a", null)).signature()).isEqualTo(one);
    assertThat(matchAny(List.of(one, two), in("b", null), in("a", null)).signature())
        .isEqualTo(two);
  }

  @Test
  void ofOverloadsThatFitTheOneThatLeavesLeastOutIsTaken() {
    Signature exact = TestSignatures.procedure("S", "P", "A IN NUMBER");
    Signature more = TestSignatures.procedure("S", "P", "A IN NUMBER", "B IN NUMBER DEFAULT");
    assertThat(matchAny(List.of(more, exact), in("a", null)).signature()).isEqualTo(exact);
  }

  @Test
  void overloadsAreToldApartByTheValueOrTheType() {
    Signature number = TestSignatures.procedure("S", "P", "A IN NUMBER");
    Signature date = TestSignatures.procedure("S", "P", "A IN DATE");
    List<Signature> both = List.of(number, date);
    assertThat(matchAny(both, in("a", "2025-12-10")).signature()).isEqualTo(date);
    Argument typed = new Argument("a", null, true, null, "number", false);
    assertThat(matchAny(both, typed).signature()).isEqualTo(number);
  }

  @Test
  void overloadsThatFitAlikeAreAmbiguous() {
    Signature number = TestSignatures.procedure("S", "P", "A IN NUMBER");
    Signature text = TestSignatures.procedure("S", "P", "A IN VARCHAR(10)");
    FailureException thrown =
        catchThrowableOfType(
            FailureException.class, () -> matchAny(List.of(number, text), in("a", "1")));
    assertThat(thrown.failure().fields())
        .extracting(field -> field.message().key())
        .containsExactly("argument.ambiguous");
  }

  @Test
  void whenNoOverloadFitsAllAreShownWithTheFaultsOfTheClosest() {
    Signature one = TestSignatures.procedure("S", "P", "A IN NUMBER");
    Signature two = TestSignatures.procedure("S", "P", "A IN NUMBER", "B IN NUMBER", "C IN NUMBER");
    FailureException thrown =
        catchThrowableOfType(
            FailureException.class, () -> matchAny(List.of(one, two), in("a", "uno")));
    assertThat(thrown.failure().fields())
        .containsExactly(
            FieldError.of("/params/0/value", "value.number"),
            FieldError.of("/params", "argument.no_overload", one + "; " + two));
  }

  @Test
  void aTypeThatNobodyCanTakeIsRefusedEvenAsNullOrOut() {
    Signature xml = TestSignatures.procedure("S", "P", "A IN XML", "B OUT XML");
    assertThat(keys(xml, in("a", null))).containsExactly("value.unsupported", "value.unsupported");
    assertThat(keys(xml, in("a", "<x/>"), out("b")))
        .containsExactly("value.unsupported", "value.unsupported");
  }

  @Test
  void aTypeThatNobodyCanTakeMayBeLeftToItsDefault() {
    Signature xml = TestSignatures.procedure("S", "P", "A IN XML DEFAULT");
    assertThat(match(xml).bindings().get(0).isPassed()).isFalse();
  }

  @Test
  void secretsAreFoundByTheCallersNameAndByTheDeclaredOne() {
    Signature login =
        TestSignatures.procedure("S", "P", "P_USUARIO IN VARCHAR(9)", "P_CLAVE IN VARCHAR(9)");
    SecretNames secrets = SecretNames.parse("*clave*,*password*");
    assertThat(match(login, in("p_clave", "x"), in("p_usuario", "y")).secretPlaces(secrets))
        .containsExactly(0);
    assertThat(match(login, in("u", "x"), in("k", "y")).secretPlaces(secrets)).containsExactly(1);
    assertThat(match(login, in("password", "x"), in("k", "y")).secretPlaces(secrets))
        .containsExactlyInAnyOrder(0, 1);
  }

  private static Argument in(String name, Object value) {
    return new Argument(name, value, true, null, null, false);
  }

  private static Argument out(String name) {
    return new Argument(name, null, false, "OUT", null, false);
  }

  private static Signature function(String... parameters) {
    Signature shape = TestSignatures.procedure("PUBLIC", "SUMA", parameters);
    return new Signature(
        shape.name(),
        shape.specificName(),
        shape.parameters(),
        TestSignatures.parameter("return_value OUT NUMBER"));
  }

  private static ProcedureCall call(boolean function, Argument... arguments) {
    return new ProcedureCall(
        ProcedureName.parse("p", null), null, function, Arrays.asList(arguments));
  }

  private static BoundCall match(Signature signature, Argument... arguments) {
    return matchAny(List.of(signature), arguments);
  }

  private static BoundCall matchAny(List<Signature> overloads, Argument... arguments) {
    return ArgumentMatching.match(call(false, arguments), overloads);
  }

  private static FailureException refused(Signature signature, Argument... arguments) {
    FailureException thrown =
        catchThrowableOfType(FailureException.class, () -> match(signature, arguments));
    assertThat(thrown).isNotNull();
    return thrown;
  }

  private static List<String> keys(Signature signature, Argument... arguments) {
    return refused(signature, arguments).failure().fields().stream()
        .map(field -> field.message().key())
        .toList();
  }
}
