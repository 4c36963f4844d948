package org.diferido.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.diferido.failure.FailureCategory;
import org.diferido.failure.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpStatusTest {

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void everyFailureHasAnErrorStatus(FailureCode code) {
    assertThat(HttpStatus.of(code)).isBetween(400, 599);
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void whatTheCallerHasToChangeIsAFourHundred(FailureCode code) {
    if (Set.of(FailureCategory.REQUEST, FailureCategory.SECURITY).contains(code.category())) {
      assertThat(HttpStatus.of(code)).isBetween(400, 499);
    }
    if (code.category() == FailureCategory.SERVICE) {
      assertThat(HttpStatus.of(code)).isGreaterThanOrEqualTo(500);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MALFORMED_JSON, 400",
    "INVALID_REQUEST, 400",
    "UNAUTHENTICATED, 401",
    "PROCEDURE_NOT_GRANTED, 403",
    "PROCEDURE_NOT_FOUND, 404",
    "JOB_NOT_FOUND, 404",
    "RESULT_NOT_FOUND, 404",
    "JOB_ENDED, 409",
    "RESULT_NOT_READY, 409",
    "JOB_NOT_ENDED, 409",
    "KEY_REUSED, 422",
    "TOO_MANY_SUBMITS, 429",
    "BODY_TOO_LARGE, 413",
    "UNSUPPORTED_MEDIA_TYPE, 415",
    "RANGE_NOT_SATISFIABLE, 416",
    "INVALID_ARGUMENTS, 422",
    "QUEUE_FULL, 503",
    "DATABASE_UNAVAILABLE, 503",
    "NOT_CONFIGURED, 503",
  })
  void theContractsStatusesHold(FailureCode code, int status) {
    assertThat(HttpStatus.of(code)).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 406, 415, 416})
  void aStatusOfTheServersOwnBecomesAFailureOfThatStatus(int status) {
    assertThat(HttpStatus.of(HttpStatus.codeOf(status))).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 408, 411, 414, 417, 431})
  void anyOtherFaultOfTheRequestIsMalformedHttp(int status) {
    assertThat(HttpStatus.codeOf(status)).isEqualTo(FailureCode.MALFORMED_HTTP);
  }

  @Test
  void anyOtherFaultOfTheServerIsInternal() {
    for (int status : new int[] {500, 501, 503, 504, 599}) {
      assertThat(HttpStatus.codeOf(status)).isEqualTo(FailureCode.INTERNAL_ERROR);
    }
  }
}
