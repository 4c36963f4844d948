package org.diferido.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.diferido.failure.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemDocumentTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void hasTheMembersOfTheRfcAndOurs() {
    JsonObject json =
        document(Failure.of(FailureCode.PROCEDURE_NOT_FOUND, "P"), Language.ENGLISH).toJson();

    assertThat(json.toString())
        .isEqualTo(
            ("{'type':'urn:diferido:problem:procedure-not-found','title':'Unknown procedure',"
                    + "'status':404,'detail':'The procedure P does not exist in the database',"
                    + "'instance':'/procedure/async','code':'PROCEDURE_NOT_FOUND',"
                    + "'trace_id':'4bf92f3577b34da6a3ce929d0e0e4736',"
                    + "'error':'The procedure P does not exist in the database'}")
                .replace('\'', '"'));
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void everyFailureHasADocumentWithTheOriginsErrorInBothLanguages(FailureCode code) {
    for (Language language : Language.values()) {
      JsonObject json = document(Failure.of(code, "x"), language).toJson();

      assertThat(json.getString("error")).isNotBlank().isEqualTo(json.getString("detail"));
      assertThat(json.getString("title")).isNotBlank();
      assertThat(json.getInt("status")).isEqualTo(HttpStatus.of(code));
      assertThat(json.getString("code")).isEqualTo(code.reported());
      assertThat(json.getString("type")).matches("urn:diferido:problem:[a-z-]+");
      assertThat(json).doesNotContainKey("errors");
    }
  }

  @Test
  void wrongFieldsAreListedOneByOne() {
    Failure failure =
        Failure.ofFields(
            FailureCode.INVALID_REQUEST,
            List.of(
                FieldError.of("/name", "name.empty"), FieldError.of("?limit", "query.limit", 9)));

    JsonObject json = document(failure, Language.SPANISH).toJson();
    assertThat(json.getJsonArray("errors").toString())
        .isEqualTo(
            ("[{'pointer':'/name','detail':'falta el nombre'},"
                    + "{'pointer':'?limit','detail':'se espera un número entero de 1 a 9'}]")
                .replace('\'', '"'));
    assertThat(json.getString("error")).contains("/name: falta el nombre");
  }

  @Test
  void whatADatabaseSaidHasItsOwnCodeAndTheTypeOfOurs() {
    JsonObject json =
        document(
                Failure.ofDatabase(FailureCode.DATABASE_ERROR, "ORA-00942", "no existe"),
                Language.SPANISH)
            .toJson();

    assertThat(json.getString("code")).isEqualTo("ORA-00942");
    assertThat(json.getString("type")).isEqualTo("urn:diferido:problem:database-error");
  }

  @Test
  void onlyWhatPassesByItselfIsWorthRetrying() {
    Set<FailureCode> worth =
        Stream.of(FailureCode.values())
            .filter(code -> document(Failure.of(code), Language.SPANISH).isWorthRetrying())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(FailureCode.class)));

    assertThat(worth)
        .contains(
            FailureCode.QUEUE_FULL,
            FailureCode.DATABASE_UNAVAILABLE,
            FailureCode.REGISTRY_UNAVAILABLE,
            FailureCode.SHUTTING_DOWN)
        .doesNotContain(FailureCode.NOT_CONFIGURED)
        .allMatch(FailureCode::retryable);
  }

  private static ProblemDocument document(Failure failure, Language language) {
    return ProblemDocument.of(failure, language, "/procedure/async", TRACE);
  }
}
