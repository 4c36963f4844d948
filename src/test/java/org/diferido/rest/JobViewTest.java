package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.diferido.failure.Language;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.SampleJobs;
import org.diferido.job.Stop;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.ProcedureResult.Stored;
import org.diferido.procedure.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("UnnecessaryAssignment") // no framework here sets what is injected
class JobViewTest {

  private static final JobId ID = new JobId("a3f5e8d9c2b4a1e7f6d8c9b2a1e7f6d8");
  private static final Instant START = Instant.parse("2025-12-10T14:30:00Z");
  private static final Set<String> FOUR_WORDS = Set.of("pending", "running", "completed", "failed");

  static List<Job> everyState() {
    return SampleJobs.inEveryState("ana");
  }

  @Test
  void theSamplesHaveEveryStatus() {
    assertThat(everyState()).extracting(Job::status).contains(JobStatus.values());
  }

  @ParameterizedTest
  @MethodSource("everyState")
  void theOriginsMembersAreThereInEveryState(Job job) {
    for (JsonObject json : List.of(full(job), brief(job))) {
      assertThat(json.getString("id")).isEqualTo(job.id().hex());
      assertThat(json.getString("status")).isIn(FOUR_WORDS);
      assertThat(json.getString("procedure_name")).isEqualTo("PKG_ETL.PROCESO_LARGO");
      assertThat(json.getString("start_time")).isEqualTo("2025-12-10T14:30:00.123Z");
      assertThat(json.getJsonNumber("progress").intValueExact()).isBetween(0, 100);
      assertThat(json.containsKey("end_time")).isEqualTo(job.status().isEnd());
      assertThat(json.containsKey("duration")).isEqualTo(job.status().isEnd());
      assertThat(json.containsKey("expires_at")).isEqualTo(job.status().isEnd());
      assertThat(json.containsKey("result")).isEqualTo(job.status() == JobStatus.SUCCEEDED);
    }
  }

  @ParameterizedTest
  @MethodSource("everyState")
  void whatFailedHasAnErrorAndNothingElseHas(Job job) {
    JsonObject json = full(job);
    boolean failed = json.getString("status").equals("failed");

    assertThat(json.containsKey("error")).isEqualTo(failed);
    assertThat(json.containsKey("error_detail")).isEqualTo(failed);
  }

  @ParameterizedTest
  @MethodSource("everyState")
  void nothingIsNullOrEmpty(Job job) {
    full(job)
        .forEach(
            (name, value) -> {
              assertThat(value).as(name).isNotEqualTo(JsonValue.NULL);
              assertThat(value.toString()).as(name).isNotIn("\"\"", "{}");
            });
  }

  @ParameterizedTest
  @MethodSource("everyState")
  void theStateIsOurOwnWord(Job job) {
    assertThat(full(job).getString("state")).isEqualTo(job.status().word());
    assertThat(full(job).getString("owner")).isEqualTo("ana");
    assertThat(full(job).getJsonObject("links").getString("self"))
        .isEqualTo("/jobs/" + job.id().hex());
  }

  @Test
  void aRunningJobHasTheOriginsMembersToTheLetter() {
    Job running =
        job(SampleJobs.CALL)
            .claimedBy("node-a", START)
            .at(Progress.reported(BigDecimal.ONE, BigDecimal.valueOf(2), null, null));

    assertThat(brief(running))
        .containsAllEntriesOf(
            object(
                "{'id':'a3f5e8d9c2b4a1e7f6d8c9b2a1e7f6d8','status':'running',"
                    + "'procedure_name':'PKG_ETL.PROCESO_LARGO',"
                    + "'start_time':'2025-12-10T14:30:00Z','progress':50}"));
  }

  @Test
  void aCompletedJobHasTheOriginsMembersToTheLetterAndInItsOrder() {
    Job done =
        job(SampleJobs.CALL)
            .claimedBy("node-a", START)
            .succeeded(
                SampleJobs.result("vRESULTADO", new BigDecimal("12500.00")),
                START.plusSeconds(300));

    JsonObject json = brief(done);
    assertThat(json.toString())
        .startsWith(
            "{'id':'a3f5e8d9c2b4a1e7f6d8c9b2a1e7f6d8','status':'completed',".replace('\'', '"')
                + "'procedure_name':'PKG_ETL.PROCESO_LARGO','start_time':'2025-12-10T14:30:00Z',"
                    .replace('\'', '"')
                + "'end_time':'2025-12-10T14:35:00Z','duration':'5m0s','progress':100,"
                    .replace('\'', '"')
                + "'result':{'vRESULTADO':12500}".replace('\'', '"'));
  }

  @Test
  void aFailedJobKeepsTheDatabasesOwnCodeAndText() {
    Job failed =
        job(SampleJobs.CALL)
            .claimedBy("node-a", START)
            .failed(
                Failure.ofDatabase(FailureCode.PROCEDURE_RAISED, "ORA-20001", "No hay {0} datos"),
                START.plusMillis(320));

    JsonObject json = full(failed);
    assertThat(json.getString("error")).isEqualTo("No hay {0} datos");
    assertThat(json.getString("duration")).isEqualTo("320ms");
    assertThat(json.getJsonObject("error_detail"))
        .isEqualTo(
            object(
                "{'code':'ORA-20001','category':'procedure','retryable':false,"
                    + "'message':'No hay {0} datos'}"));
  }

  @Test
  void theErrorIsInTheLanguageThatIsAskedFor() {
    Job expired = SampleJobs.startingBefore(SampleJobs.LATER).expired(SampleJobs.LATER);

    assertThat(view().full(expired, Language.SPANISH, false).getString("error"))
        .startsWith("El job seguía en cola");
    assertThat(view().full(expired, Language.ENGLISH, false).getString("error"))
        .startsWith("The job was still queued");
  }

  @Test
  void aJobThatNeverStartedHasNoNodeAndNoTiming() {
    Job refused = job(SampleJobs.CALL).failed(Failure.of(FailureCode.SIGNATURE_CHANGED), START);

    assertThat(full(refused)).doesNotContainKeys("started_at", "attempt", "node", "timing");
  }

  @Test
  void aJobThatRanTellsHowLongItWaitedRanAndFetched() {
    Job done =
        job(SampleJobs.CALL)
            .claimedBy("node-a", START.plusMillis(40))
            .succeeded(SampleJobs.RESULT, START.plusMillis(1040));

    assertThat(full(done).getJsonObject("timing"))
        .isEqualTo(object("{'queued_ms':40,'run_ms':983,'fetch_ms':17}"));
    assertThat(full(done).getString("node")).isEqualTo("node-a");
    assertThat(full(done).getInt("attempt")).isEqualTo(1);
    assertThat(full(done).getString("started_at")).isEqualTo("2025-12-10T14:30:00.040Z");
  }

  @Test
  void theRunIsNeverToldAsNegative() {
    Job done = job(SampleJobs.CALL).claimedBy("node-a", START).succeeded(SampleJobs.RESULT, START);

    assertThat(full(done).getJsonObject("timing").getInt("run_ms")).isZero();
  }

  @Test
  void aRunningJobTellsWhereItsProgressComesFrom() {
    JsonObject reported = full(SampleJobs.running().at(SampleJobs.HALF));

    assertThat(reported.getInt("progress")).isEqualTo(50);
    assertThat(reported.getJsonObject("progress_detail"))
        .isEqualTo(
            object(
                "{'source':'reported','message':'Cargando','done':5,'total':10,'unit':'lotes'}"));
    assertThat(full(SampleJobs.running()).getJsonObject("progress_detail"))
        .isEqualTo(object("{'source':'none'}"));
  }

  @Test
  void aJobIsKeptForTheRetentionAfterItsEnd() {
    Job done = SampleJobs.succeeded(SampleJobs.RESULT);

    assertThat(full(done).getString("expires_at")).isEqualTo("2025-12-11T14:35:00.123Z");
  }

  @Test
  void theRequestsParamsComeBackAsTheyWereWritten() {
    assertThat(full(job(SampleJobs.CALL)).getJsonArray("params").toString())
        .isEqualTo(
            "[{'name':'vFECHA','value':'2025-12-10'},".replace('\'', '"')
                + "{'name':'vRESULTADO','direction':'OUT','type':'number'}]".replace('\'', '"'));
    assertThat(brief(job(SampleJobs.CALL))).doesNotContainKey("params");
  }

  @Test
  void aNullValueComesBackAndAMissingOneDoesNot() {
    ProcedureCall call =
        SampleJobs.call(
            SampleJobs.argument("a", null),
            new ProcedureCall.Argument("b", null, false, null, null, false));

    assertThat(full(job(call)).getJsonArray("params"))
        .hasToString("[{'name':'a','value':null},{'name':'b'}]".replace('\'', '"'));
  }

  @ParameterizedTest
  @MethodSource("everyState")
  void whatTheProcedureWroteIsShownWithOneJobAndNotInLists(Job job) {
    Job written = job.withLog(List.of("empieza", "línea con ñ € 😀"));

    assertThat(full(written).getJsonArray("log")).hasToString("[\"empieza\",\"línea con ñ € 😀\"]");
    assertThat(full(job)).doesNotContainKey("log");
    assertThat(view().brief(written, Language.SPANISH, false)).doesNotContainKey("log");
  }

  @ParameterizedTest
  @MethodSource("everyState")
  void secretValuesAreMaskedInEveryStateAlsoWhereTheNodeStillKnowsThem(Job job) {
    Job secret = job.withCall(SampleJobs.callWithSecret("s3cr3t"));

    assertThat(full(secret).getJsonArray("params"))
        .hasToString(
            "[{'name':'p_usuario','value':'ana'},{'name':'p_clave','value':'***'}]"
                .replace('\'', '"'));
    assertThat(full(secret).toString()).doesNotContain("s3cr3t");
  }

  @Test
  void aSchemaIsToldApartFromTheName() {
    ProcedureCall call =
        new ProcedureCall(ProcedureName.parse("pkg.p", "etl"), "etl", false, List.of());

    assertThat(full(job(call)).getString("procedure_name")).isEqualTo("pkg.p");
    assertThat(full(job(call)).getString("schema")).isEqualTo("etl");
  }

  @Test
  void labelsAndTheTimeToStartComeBack() {
    Job job =
        Job.queued(
            ID,
            "ana",
            SampleJobs.CALL,
            JobTerms.of(Map.of("mes", "12"), START.plusSeconds(60)),
            START);

    assertThat(full(job).getJsonObject("labels")).isEqualTo(object("{'mes':'12'}"));
    assertThat(full(job).getString("start_before")).isEqualTo("2025-12-10T14:31:00Z");
  }

  @Test
  void numbersOfTheResultAreTextWhenAskedFor() {
    Rows rows =
        new Rows(List.of("N"), List.of(List.of(new BigDecimal("12345678901234567890.1"))), 3);
    Job done =
        SampleJobs.succeeded(
            SampleJobs.result(
                "total", new BigDecimal("1E+3"), "filas", rows, "texto", "7", "nada", null));

    assertThat(view().full(done, Language.SPANISH, true).getJsonObject("result"))
        .isEqualTo(
            object(
                "{'total':'1000','filas':{'columns':['N'],'rows':[{'N':'12345678901234567890.1'}],"
                    + "'row_count':3,'truncated':true},'texto':'7','nada':null}"));
    assertThat(full(done).getJsonObject("result").getJsonNumber("total")).hasToString("1000");
  }

  @Test
  void ofWhatIsKeptApartTheResultHasALink() {
    Stored stored = new Stored("0123456789abcdef".repeat(2), 7, Map.of());
    Rows rows = new Rows(List.of("N"), List.of(List.of(BigDecimal.ONE)), 5000, stored);
    Job done =
        SampleJobs.succeeded(
            SampleJobs.result(
                "filas", rows, "archivo", new LargeValue(LargeValue.Kind.BYTES, 70_000, stored)));
    String path = "/jobs/" + done.id().hex() + "/results";

    JsonObject json = full(done);
    assertThat(json.getJsonObject("result"))
        .isEqualTo(
            object(
                ("{'filas':{'columns':['N'],'rows':[{'N':1}],'row_count':5000,'truncated':true,"
                        + "'link':'PATH/filas'},'archivo':{'link':'PATH/archivo','size':70000,"
                        + "'content_type':'application/octet-stream'}}")
                    .replace("PATH", path)));
    assertThat(json.getJsonObject("links").getString("results")).isEqualTo(path);
    assertThat(json.toString()).doesNotContain(stored.id());
  }

  @Test
  void aResultOfNumbersAloneHasNoFiles() {
    Job done = SampleJobs.succeeded(SampleJobs.RESULT);

    assertThat(full(done).getJsonObject("links")).doesNotContainKey("results");
  }

  @Test
  void aResultWithoutValuesIsLeftOut() {
    Job done = SampleJobs.succeeded(new ProcedureResult(Map.of(), Duration.ZERO));

    assertThat(full(done)).doesNotContainKey("result");
    assertThat(full(done).getInt("progress")).isEqualTo(100);
  }

  @Test
  void wrongFieldsOfAFailureAreToldInItsText() {
    Failure failure =
        Failure.ofFields(
            FailureCode.INVALID_ARGUMENTS, List.of(FieldError.of("/params/0", "value.number")));
    Job failed = job(SampleJobs.CALL).failed(failure, START);

    assertThat(full(failed).getString("error")).endsWith(": /params/0: se espera un número");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "9, 1", "10, 1", "25, 2", "200, 20", "300, 30", "86400, 30", "-3600, 1"})
  void theOlderALiveJobTheLaterItIsWorthALook(long age, int seconds) {
    JobView view = view();
    view.clock = Clock.fixed(SampleJobs.NOW.plusSeconds(age), ZoneOffset.UTC);

    assertThat(view.retryAfter(SampleJobs.queued())).contains(seconds);
    assertThat(view.retryAfter(SampleJobs.running())).contains(seconds);
  }

  @ParameterizedTest
  @MethodSource("everyState")
  void anEndedJobIsNotWorthAnotherLook(Job job) {
    Optional<Integer> seconds = view().retryAfter(job);

    assertThat(seconds.isEmpty()).isEqualTo(job.status().isEnd());
  }

  private static Job job(ProcedureCall call) {
    return Job.queued(ID, "ana", call, JobTerms.USUAL, START);
  }

  @Test
  void anEstimateSaysThatItIsOneAndWhatRemains() {
    Job job =
        job(SampleJobs.CALL)
            .claimedBy(SampleJobs.NODE, START)
            .at(Progress.estimated(40, SampleJobs.LATER.plusSeconds(90)));

    assertThat(full(job).getJsonObject("progress_detail"))
        .isEqualTo(object("{'source':'estimated','remaining_seconds':90}"));
    assertThat(full(job).getInt("progress")).isEqualTo(40);
  }

  @Test
  void aJobThatWasAskedToStopSaysByWhomWhyAndWhatEndedIt() {
    Job asked = job(SampleJobs.CALL).claimedBy(SampleJobs.NODE, START).cancelling(SampleJobs.STOP);
    assertThat(full(asked).getString("state")).isEqualTo("cancelling");
    assertThat(full(asked).getString("status")).isEqualTo("running");
    assertThat(full(asked).getJsonObject("stop").keySet()).containsExactly("reason", "by", "at");
    assertThat(full(asked).getJsonObject("links").getString("cancel")).endsWith("/cancel");
    Job ended =
        asked.stopped(Stop.Step.SESSION, Failure.of(FailureCode.SESSION_ENDED), SampleJobs.LATER);
    assertThat(full(ended).getString("state")).isEqualTo("cancelled");
    assertThat(full(ended).getJsonObject("stop").getString("ended_by")).isEqualTo("session");
    assertThat(full(ended).getJsonObject("error_detail").getString("code")).isEqualTo("CANCELLED");
    assertThat(full(ended).getJsonObject("links")).doesNotContainKey("cancel");
  }

  @Test
  void aJobThatIsRunAgainTellsOfItsEarlierRuns() {
    Job again =
        job(SampleJobs.CALL)
            .claimedBy(SampleJobs.NODE, START)
            .requeued(Failure.of(FailureCode.ROLLED_BACK), START, SampleJobs.LATER);
    assertThat(full(again).getString("not_before")).isEqualTo(SampleJobs.LATER.toString());
    assertThat(full(again).getJsonArray("history").getJsonObject(0).getInt("attempt")).isEqualTo(1);
    assertThat(
            full(again)
                .getJsonArray("history")
                .getJsonObject(0)
                .getJsonObject("error_detail")
                .getString("code"))
        .isEqualTo("ROLLED_BACK");
    assertThat(view().brief(again, Language.SPANISH, false)).doesNotContainKey("history");
  }

  private static JsonObject full(Job job) {
    return view().full(job, Language.SPANISH, false);
  }

  private static JsonObject brief(Job job) {
    return view().brief(job, Language.SPANISH, false);
  }

  private static JobView view() {
    JobView view = new JobView();
    view.clock = Clock.fixed(SampleJobs.LATER, ZoneOffset.UTC);
    view.retention = Duration.ofHours(24);
    return view;
  }

  /** Written with apostrophes, to be read. */
  private static JsonObject object(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json.replace('\'', '"')))) {
      return reader.readObject();
    }
  }
}
