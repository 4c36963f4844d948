package org.diferido.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.MissingResourceException;
import org.junit.jupiter.api.Test;

class FailureTest {

  private static final Failure TWO_FIELDS =
      Failure.ofFields(
          FailureCode.INVALID_REQUEST,
          List.of(
              FieldError.of("/name", "name.empty"),
              FieldError.of("/params", "member.too_many", 1000)));

  @Test
  void theTextIsInTheLanguageThatIsAskedFor() {
    Failure failure = Failure.of(FailureCode.PROCEDURE_NOT_FOUND, "PKG.P");

    assertThat(failure.text(Language.SPANISH))
        .isEqualTo("El procedimiento PKG.P no existe en la base de datos");
    assertThat(failure.text(Language.ENGLISH))
        .isEqualTo("The procedure PKG.P does not exist in the database");
    assertThat(failure.title(Language.SPANISH)).isEqualTo("Procedimiento desconocido");
    assertThat(failure.title(Language.ENGLISH)).isEqualTo("Unknown procedure");
  }

  @Test
  void theTextNamesEveryWrongPlace() {
    assertThat(TWO_FIELDS.text(Language.SPANISH))
        .isEqualTo(
            "La petición no es válida: /name: falta el nombre;"
                + " /params: se admiten hasta 1000 elementos");
    assertThat(TWO_FIELDS.text(Language.ENGLISH))
        .isEqualTo(
            "The request is not valid: /name: the name is missing;"
                + " /params: up to 1000 elements are taken");
  }

  @Test
  void theBodyAsAWholeHasNoPlace() {
    Failure failure =
        Failure.ofFields(FailureCode.INVALID_REQUEST, List.of(FieldError.of("", "member.object")));

    assertThat(failure.text(Language.ENGLISH))
        .isEqualTo("The request is not valid: a JSON object is expected");
  }

  @Test
  void whatTheDatabaseSaidIsToldAsItSaidIt() {
    Failure failure =
        Failure.ofDatabase(
            FailureCode.PROCEDURE_RAISED, "ORA-20001", "l'error {0} no es '{1}': 100 %");

    for (Language language : Language.values()) {
      assertThat(failure.text(language)).isEqualTo("l'error {0} no es '{1}': 100 %");
    }
    assertThat(failure.reportedCode()).isEqualTo("ORA-20001");
  }

  @Test
  void aCodeOfOurOwnIsReportedByItsName() {
    assertThat(Failure.of(FailureCode.QUEUE_FULL, 10).reportedCode()).isEqualTo("QUEUE_FULL");
  }

  @Test
  void aNodeThatIsGoneIsReportedAsAnOutcomeNobodyKnows() {
    assertThat(Failure.of(FailureCode.NODE_GONE, "a-1").reportedCode())
        .isEqualTo("OUTCOME_UNKNOWN");
  }

  @Test
  void aSessionThatWasEndedForACancelIsReportedAsACancel() {
    assertThat(Failure.of(FailureCode.SESSION_ENDED).reportedCode()).isEqualTo("CANCELLED");
  }

  @Test
  void numbersAreWrittenWithoutGrouping() {
    assertThat(Failure.of(FailureCode.BODY_TOO_LARGE, 8_388_608).text(Language.SPANISH))
        .isEqualTo("El cuerpo supera el máximo de 8388608 bytes");
  }

  @Test
  void theExceptionKeepsTheFailureAndTellsItInEnglishToTheLog() {
    FailureException thrown = TWO_FIELDS.toException();

    assertThat(thrown.failure()).isSameAs(TWO_FIELDS);
    assertThat(thrown).hasNoCause().hasMessageStartingWith("INVALID_REQUEST: The request is not");
  }

  @Test
  void nobodyChangesAFailureAfterwards() {
    List<String> arguments = new ArrayList<>(List.of("a"));
    List<FieldError> fields = new ArrayList<>();
    Failure failure = new Failure(FailureCode.QUEUE_FULL, arguments, fields, null);
    arguments.add("b");
    fields.add(FieldError.of("/name", "name.empty"));

    assertThat(failure.arguments()).containsExactly("a");
    assertThat(failure.fields()).isEmpty();
  }

  @Test
  void aKeyWithoutATextIsADefect() {
    assertThatThrownBy(() -> Message.of("no.such_key").in(Language.SPANISH))
        .isInstanceOf(MissingResourceException.class);
  }
}
