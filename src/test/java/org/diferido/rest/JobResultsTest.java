package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.SampleJobs;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.LargeValue.Kind;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.ProcedureResult.Stored;
import org.diferido.rest.JobResults.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobResultsTest {

  private static final Stored STORED =
      new Stored("f".repeat(32), 3, Map.of("csv.1", 100L, "ndjson.1", 200L));
  private static final Rows FEW = new Rows(List.of("A"), List.of(List.of("x")), 1);
  private static final Rows MANY = new Rows(List.of("A"), List.of(List.of("x")), 9, STORED);
  private static final Rows OF_AN_EARLIER_VERSION = new Rows(List.of("A"), List.of(), 9);
  private static final LargeValue LARGE = new LargeValue(Kind.BYTES, 77, STORED);

  private static JobResults of(Object... namesAndValues) {
    return JobResults.of(SampleJobs.succeeded(SampleJobs.result(namesAndValues)));
  }

  @Test
  void rowsTextsAndLargeValuesAreResultsAndNothingElse() {
    JobResults results =
        of(
            "filas",
            FEW,
            "muchas",
            MANY,
            "n",
            BigDecimal.ONE,
            "texto",
            "ñ",
            "nada",
            null,
            "grande",
            LARGE,
            "viejas",
            OF_AN_EARLIER_VERSION,
            "caido",
            new LargeValue(Kind.TEXT, 1, null));
    assertThat(results.entries())
        .extracting(Entry::name)
        .containsExactly("filas", "muchas", "texto", "grande");
    assertThat(results.entries()).extracting(Entry::place).containsExactly(1, 2, 4, 6);
  }

  @Test
  void theyAreListedWithTheirFormsAndLinks() {
    JobResults results = of("muchas", MANY, "texto", "ñ", "grande", LARGE);
    String path = "/jobs/" + results.job().id().hex() + "/results/";
    assertThat(ResultView.list(results).toString().replace('"', '\'').replace(path, "…"))
        .isEqualTo(
            "{'results':[{'name':'muchas','kind':'rows','row_count':9,'columns':['A'],'links':"
                + "{'self':'…muchas','json':'…muchas?format=json','ndjson':'…muchas?format=ndjson',"
                + "'csv':'…muchas?format=csv','xlsx':'…muchas?format=xlsx'}},"
                + "{'name':'texto','kind':'text','size':2,'content_type':'text/plain',"
                + "'links':{'self':'…texto'}},"
                + "{'name':'grande','kind':'bytes','size':77,"
                + "'content_type':'application/octet-stream','links':{'self':'…grande'}}]}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "vVENTAS, vVENTAS",
        "año 1, a%C3%B1o%201",
        "a/b, @1",
        "a\\b, @1",
        "a%b, @1",
        "a;b=c, @1",
        "@2, @1",
        ".., @1",
        "., @1",
        "``, @1",
        "😀, @1"
      })
  void aNameThatCannotStandInAPathIsToldByItsPlace(String name, String segment) {
    JobResults results = of(name, FEW, "b", MANY);
    Entry entry = results.entries().get(0);
    assertThat(results.path(entry)).endsWith("/results/" + segment);
    assertThat(results.find(segment.startsWith("@") ? segment : name)).isSameAs(entry);
    assertThat(results.find(name)).isSameAs(entry);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    JobResults results = of("a", FEW, "n", BigDecimal.ONE);
    for (String name : List.of("n", "@2", "@7", "A", "")) {
      assertThatThrownBy(() -> results.find(name))
          .isInstanceOfSatisfying(
              FailureException.class,
              e -> assertThat(e.failure().code()).isEqualTo(FailureCode.RESULT_NOT_FOUND));
    }
  }

  @Test
  void aJobThatHasNotEndedHasNoneYetAndOneThatFailedHasNone() {
    Job running = SampleJobs.running();
    for (Job job : List.of(SampleJobs.queued(), running, running.cancelling(SampleJobs.STOP))) {
      assertThatThrownBy(() -> JobResults.of(job))
          .isInstanceOfSatisfying(
              FailureException.class,
              e -> assertThat(e.failure().code()).isEqualTo(FailureCode.RESULT_NOT_READY));
    }
    assertThat(JobResults.of(running.failed(SampleJobs.FAILURE, SampleJobs.LATER)).entries())
        .isEmpty();
  }
}
