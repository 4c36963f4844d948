package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.failure.FieldError;
import org.diferido.job.JobFilter;
import org.diferido.job.JobFilter.Label;
import org.diferido.job.JobFilter.Period;
import org.diferido.job.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobFilterQueryTest {

  /** A query with pairs of names and values, in which a name may come several times. */
  private static MultivaluedMap<String, String> query(String... namesAndValues) {
    MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      query.add(namesAndValues[at], namesAndValues[at + 1]);
    }
    return query;
  }

  private static JobFilter read(String... namesAndValues) {
    return JobFilterQuery.read(query(namesAndValues));
  }

  @Test
  void withoutFiltersEveryJobIsMeant() {
    assertThat(read()).isEqualTo(JobFilter.ALL);
    assertThat(read("limit", "3")).isEqualTo(JobFilter.ALL);
  }

  @Test
  void ofStatusAndStateBothHaveToHold() {
    assertThat(read("status", "running, FAILED").states())
        .containsExactlyInAnyOrder(
            JobStatus.RUNNING,
            JobStatus.CANCELLING,
            JobStatus.FAILED,
            JobStatus.CANCELLED,
            JobStatus.TIMED_OUT,
            JobStatus.EXPIRED,
            JobStatus.LOST);
    assertThat(read("state", "Timed_Out,queued").states())
        .containsExactlyInAnyOrder(JobStatus.TIMED_OUT, JobStatus.QUEUED);
    assertThat(read("status", "failed", "state", "timed_out,queued").states())
        .containsExactly(JobStatus.TIMED_OUT);
    assertThat(read("status", "failed", "state", "queued").states()).isEmpty();
    assertThat(JobFilterQuery.named(query("status", "failed"))).isEmpty();
    assertThat(JobFilterQuery.named(query("state", "lost"))).containsExactly(JobStatus.LOST);
  }

  @Test
  void everyFilterIsRead() {
    JobFilter filter =
        read(
            "owner", " ana.gomez ",
            "procedure", "pkg_etl.*",
            "label", "cierre=2025-12",
            "label", "lote",
            "label", "nota=a=b,c",
            "q", "IVA 5%");
    assertThat(filter.owner()).isEqualTo("ana.gomez");
    assertThat(filter.procedure()).hasToString("PKG_ETL.*");
    assertThat(filter.labels())
        .containsExactly(
            new Label("cierre", "2025-12"), new Label("lote", null), new Label("nota", "a=b,c"));
    assertThat(filter.text()).isEqualTo("IVA 5%");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-10T14:30:00Z, 2025-12-10T14:30:00Z",
    "2025-12-10T14:30:00+01:00, 2025-12-10T13:30:00Z",
    "2025-12-10T14:30:00 01:00, 2025-12-10T13:30:00Z",
    "2025-12-10T14:30:00.123000Z, 2025-12-10T14:30:00.123Z",
    "2025-12-10T14:30:00.1230001Z, 2025-12-10T14:30:00.124Z"
  })
  void aTimeIsToTheMillisecondThatIsNotBeforeIt(String text, Instant time) {
    assertThat(read("created_after", text).created()).isEqualTo(new Period(time, null));
    assertThat(read("created_before", text).created()).isEqualTo(new Period(null, time));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ayer",
        "2025-12-10",
        "2025-12-10T14:30:00",
        "2025-13-10T14:30:00Z",
        "-0001-12-10T14:30:00Z",
        "+12025-12-10T14:30:00Z",
        "9999-12-31T23:59:59Z"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertRefused(() -> read("created_after", text), FieldError.of("?created_after", "query.time"));
    assertRefused(
        () -> read("created_before", text), FieldError.of("?created_before", "query.time"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "completed", "queued;failed", "*"})
  void whatIsNoStateIsRefused(String text) {
    assertRefused(() -> read("state", text), FieldError.of("?state", "query.state"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "A-B", "P%", "P;Q", "(P)", "P\u0000"})
  void whatIsNoPatternOfProceduresIsRefused(String text) {
    assertRefused(
        () -> read("procedure", text), FieldError.of("?procedure", "query.procedure", 400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\u0000b", "a\nb"})
  void whatIsNobodysNameIsRefused(String text) {
    assertRefused(() -> read("owner", text), FieldError.of("?owner", "query.owner", 255));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "=7", ",", ",=:", ":", ":=,"})
  void aLabelThatHasNoNameToLookForIsRefused(String text) {
    assertRefused(() -> read("label", text), FieldError.of("?label", "query.label", 64, 256));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a\u0000b", "a\nb", "\u007f\u007f"})
  void aTextThatIsTooShortToLookForIsRefused(String text) {
    assertRefused(() -> read("q", text), FieldError.of("?q", "query.text", 2, 200));
  }

  @Test
  void whatIsTooLongIsRefused() {
    String thousand = "x".repeat(1000);
    assertRefused(() -> read("q", thousand), FieldError.of("?q", "query.text", 2, 200));
    assertRefused(() -> read("owner", thousand), FieldError.of("?owner", "query.owner", 255));
    assertRefused(
        () -> read("procedure", thousand), FieldError.of("?procedure", "query.procedure", 400));
    assertRefused(() -> read("label", thousand), FieldError.of("?label", "query.label", 64, 256));
    assertRefused(
        () -> read("label", "a=" + thousand), FieldError.of("?label", "query.label", 64, 256));
    MultivaluedMap<String, String> many = new MultivaluedHashMap<>();
    many.put("label", List.of(thousand.substring(979).split("")));
    assertRefused(() -> JobFilterQuery.read(many), FieldError.of("?label", "query.labels", 20));
  }

  @Test
  void whatIsUnknownOrRepeatedIsNamedOneByOne() {
    MultivaluedMap<String, String> query =
        query(
            "label", "a", "label", "b", "q", "xx", "q", "yy", "color", "rojo", "Status", "failed");
    assertRefused(
        () -> JobQuery.onlyKnown(query, JobFilterQuery.namesAnd("limit")),
        FieldError.of("?Status", "query.unknown", "Status"),
        FieldError.of("?color", "query.unknown", "color"),
        FieldError.of("?q", "query.repeated", "q"));
    JobQuery.onlyKnown(
        query("limit", "3", "label", "a", "label", "b"), JobFilterQuery.namesAnd("limit"));
  }

  @Test
  void whoWantsAllJobsHasToSayOfWhich() {
    List<String> filters = List.of("status", "q");
    assertRefused(
        () -> JobQuery.atLeastOneOf(query("limit", "3"), filters),
        FieldError.of("?status", "query.filter_missing", "status, q"));
    JobQuery.atLeastOneOf(query("q", ""), filters);
  }

  @Test
  void theAuditLogIsToldTheFiltersInOneOrderAndNothingElse() {
    assertThat(
            JobFilterQuery.told(
                query("q", "IVA", "label", "b=2", "label", "a", "x", "y"),
                Set.copyOf(JobFilterQuery.NAMES)))
        .isEqualTo("label=a&label=b=2&q=IVA");
    assertThat(JobFilterQuery.told(new MultivaluedHashMap<>(Map.of("x", "y")), Set.of())).isEmpty();
  }

  private static void assertRefused(ThrowingCallable call, FieldError... fields) {
    FailureException thrown = catchThrowableOfType(FailureException.class, call);
    assertThat(thrown.failure().code()).isEqualTo(FailureCode.INVALID_REQUEST);
    assertThat(thrown.failure().fields()).containsExactly(fields);
  }
}
