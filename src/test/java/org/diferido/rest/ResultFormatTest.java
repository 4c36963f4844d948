package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFormatTest {

  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  private static final List<ResultFormat> OF_ROWS =
      ResultFormat.of(new Rows(List.of("A"), List.of(), 0));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | JSON",
        "application/json | JSON",
        "text/csv | CSV",
        "TEXT/CSV | CSV",
        "text/* | CSV",
        "application/x-ndjson | NDJSON",
        XLSX + " | XLSX",
        "text/csv;q=0.5, application/x-ndjson | NDJSON",
        "text/csv;q=0.5, */*;q=0.1 | CSV",
        "application/json;q=0, */* | NDJSON",
        "application/*;q=0.2, text/csv;header=absent;q=0.3 | CSV",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | JSON",
        ", text/csv , | CSV"
      })
  void theFormIsTheOneThatIsWantedMost(String accept, ResultFormat format) {
    assertThat(ResultFormat.chosen(null, List.of(accept), OF_ROWS)).isEqualTo(format);
    assertThat(ResultFormat.chosen(null, List.of(accept.split(",")), OF_ROWS)).isEqualTo(format);
  }

  @Test
  void withoutAHeaderItIsTheFirst() {
    assertThat(ResultFormat.chosen(null, null, OF_ROWS)).isEqualTo(ResultFormat.JSON);
    assertThat(ResultFormat.chosen(null, List.of(), OF_ROWS)).isEqualTo(ResultFormat.JSON);
  }

  @Test
  void theQueryGoesBeforeTheHeader() {
    assertThat(ResultFormat.chosen("csv", List.of("application/json"), OF_ROWS))
        .isEqualTo(ResultFormat.CSV);
    assertThat(ResultFormat.chosen("xlsx", List.of("text/html"), OF_ROWS))
        .isEqualTo(ResultFormat.XLSX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json;q=0", "image/*", "*/*;q=0"})
  void whatThereIsNotIsNotAcceptable(String accept) {
    assertThatThrownBy(() -> ResultFormat.chosen(null, List.of(accept), OF_ROWS))
        .isInstanceOfSatisfying(
            FailureException.class,
            e ->
                assertThat(e.failure())
                    .isEqualTo(
                        Failure.of(
                            FailureCode.NOT_ACCEPTABLE,
                            "application/json, application/x-ndjson, text/csv, " + XLSX)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pdf", "CSV", "", "text", "bytes"})
  void aFormatThatTheRowsDoNotHaveIsNotAcceptable(String format) {
    assertThatThrownBy(() -> ResultFormat.chosen(format, null, OF_ROWS))
        .isInstanceOf(FailureException.class);
  }

  @Test
  void textsAndBytesAreGivenAsTheyAre() {
    assertThat(ResultFormat.of("x")).containsExactly(ResultFormat.TEXT);
    assertThat(ResultFormat.of(new LargeValue(LargeValue.Kind.TEXT, 1, null)))
        .containsExactly(ResultFormat.TEXT);
    assertThat(ResultFormat.of(new LargeValue(LargeValue.Kind.BYTES, 1, null)))
        .containsExactly(ResultFormat.BYTES);
  }
}
