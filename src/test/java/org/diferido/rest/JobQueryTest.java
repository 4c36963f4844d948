package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.failure.FieldError;
import org.diferido.job.JobStatus.Reported;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobQueryTest {

  @Test
  void statusesAreAListOfWordsInAnyCase() {
    assertThat(JobQuery.statuses("completed,failed"))
        .containsExactlyInAnyOrder(Reported.COMPLETED, Reported.FAILED);
    assertThat(JobQuery.statuses(" Pending , RUNNING,running"))
        .containsExactlyInAnyOrder(Reported.PENDING, Reported.RUNNING);
  }

  @Test
  void noStatusesMeansAny() {
    assertThat(JobQuery.statuses(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "completed,", "succeeded", "completed;failed", "*", "ſ"})
  void anUnknownStatusIsRefusedAndDoesNotMeanAny(String text) {
    assertRefused(() -> JobQuery.statuses(text), FieldError.of("?status", "query.status"));
  }

  @Test
  void theLimitIsFromOneToAThousand() {
    assertThat(JobQuery.limit(JobQuery.DEFAULT_LIMIT)).isEqualTo(100);
    assertThat(JobQuery.limit("1")).isEqualTo(1);
    assertThat(JobQuery.limit(" 1000 ")).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "", "ten", "1.0", "1e2", "99999999999999999999"})
  void anyOtherLimitIsRefused(String text) {
    assertRefused(() -> JobQuery.limit(text), FieldError.of("?limit", "query.limit", 1000));
  }

  @Test
  void anAgeIsInWholeDays() {
    assertThat(JobQuery.age(null)).isNull();
    assertThat(JobQuery.age("0")).isEqualTo(Duration.ZERO);
    assertThat(JobQuery.age("7")).isEqualTo(Duration.ofDays(7));
    assertThat(JobQuery.age("36500")).isEqualTo(Duration.ofDays(36_500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "36501", "", "7d", "P7D", "0.5"})
  void anyOtherAgeIsRefused(String text) {
    assertRefused(() -> JobQuery.age(text), FieldError.of("?older_than", "query.days", 36_500));
  }

  @Test
  void numbersAreTextOnlyWhenAskedFor() {
    assertThat(JobQuery.numbersAsText(null)).isFalse();
    assertThat(JobQuery.numbersAsText("string")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "String", "true", "number"})
  void numbersAreNothingElse(String text) {
    assertRefused(() -> JobQuery.numbersAsText(text), FieldError.of("?numbers", "query.numbers"));
  }

  @Property
  void aCursorLeadsBackToWhereItWasMade(@ForAll long from) {
    assertThat(JobQuery.from(JobQuery.cursor(from))).isEqualTo(from);
  }

  @Property
  void aCursorCanStandInAUrl(@ForAll long from) {
    assertThat(JobQuery.cursor(from)).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void withoutACursorThePageIsTheFirst() {
    assertThat(JobQuery.from(null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "q5",
        "5",
        "cQ",
        "cQ==",
        "cXE1",
        "%%%",
        "ñ",
        "cTk5OTk5OTk5OTk5OTk5OTk5OTk5"
      })
  void aCursorThatIsNotOursIsRefused(String cursor) {
    assertRefused(() -> JobQuery.from(cursor), FieldError.of("?cursor", "query.cursor"));
  }

  @Property
  void anyTextIsEitherACursorOfOursOrRefused(@ForAll String text) {
    String cursor = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    for (String each : new String[] {text, cursor}) {
      try {
        JobQuery.from(each);
      } catch (FailureException e) {
        assertThat(e.failure().code()).isEqualTo(FailureCode.INVALID_REQUEST);
      }
    }
  }

  private static void assertRefused(ThrowingCallable call, FieldError field) {
    FailureException thrown = catchThrowableOfType(FailureException.class, call);
    assertThat(thrown.failure().code()).isEqualTo(FailureCode.INVALID_REQUEST);
    assertThat(thrown.failure().fields()).containsExactly(field);
  }
}
