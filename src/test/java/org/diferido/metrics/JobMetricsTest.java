package org.diferido.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.Job;
import org.diferido.job.JobTerms;
import org.diferido.job.SampleJobs;
import org.diferido.job.Stop;
import org.junit.jupiter.api.Test;

class JobMetricsTest {

  private static final String NAME = "APP.PKG_ETL.PROCESO_LARGO";

  private final Meters meters = new Meters();
  private final JobMetrics metrics = new JobMetrics(meters, new ProcedureLabels());

  private MeterText scrape() {
    return MeterText.of(meters.written(Scrape.Format.TEXT.mediaType()), false);
  }

  private static Job queued() {
    return SampleJobs.with("ana", SampleJobs.CALL, JobTerms.USUAL_PRIORITY, null, 1, null);
  }

  private static Job running() {
    return queued().claimedBy(SampleJobs.NODE, SampleJobs.NOW.plusSeconds(3));
  }

  private static double ended(MeterText scrape, String state) {
    return scrape.value("diferido_jobs_ended_total", "procedure", NAME, "state", state);
  }

  @Test
  void aJobIsCountedUnderTheDictionarysNameOfItsProcedure() {
    metrics.accepted(queued());
    metrics.ended(running().succeeded(SampleJobs.RESULT, SampleJobs.LATER));
    MeterText scrape = scrape();
    assertThat(scrape.value("diferido_jobs_accepted_total", "procedure", NAME)).isEqualTo(1);
    assertThat(ended(scrape, "succeeded")).isEqualTo(1);
    assertThat(scrape.sum("diferido_jobs_ended_total")).isEqualTo(1);
  }

  /** Prometheus takes what begins with a one for something that was always so. */
  @Test
  void whatHasNotHappenedYetIsZeroRatherThanNotThere() {
    metrics.accepted(queued());
    assertThat(scrape().samples())
        .containsEntry(
            "diferido_jobs_ended_total{procedure=\"%s\",state=\"lost\"}".formatted(NAME), 0.0)
        .containsEntry("diferido_jobs_stopped_total{reason=\"timeout\",step=\"session\"}", 0.0);
  }

  @Test
  void whatEndedAJobThatWasAskedToIsCounted() {
    Job cancelling = running().cancelling(SampleJobs.STOP);
    metrics.ended(
        cancelling.stopped(
            Stop.Step.SESSION, Failure.of(FailureCode.SESSION_ENDED), SampleJobs.LATER));
    metrics.ended(cancelling.succeeded(SampleJobs.RESULT, SampleJobs.LATER));
    MeterText scrape = scrape();
    assertThat(
            scrape.value("diferido_jobs_stopped_total", "reason", "requested", "step", "session"))
        .isEqualTo(1);
    assertThat(scrape.sum("diferido_jobs_stopped_total")).isEqualTo(1);
    assertThat(ended(scrape, "cancelled")).isEqualTo(1);
    assertThat(ended(scrape, "succeeded")).isEqualTo(1);
  }

  @Test
  void aJobWaitsFromBeingAcceptedToBeingStarted() {
    metrics.began(running());
    MeterText scrape = scrape();
    assertThat(scrape.value("diferido_job_wait_seconds_count")).isEqualTo(1);
    assertThat(scrape.value("diferido_job_wait_seconds_sum")).isEqualTo(3);
    assertThat(scrape.value("diferido_job_wait_seconds_bucket", "le", "2.5")).isZero();
    assertThat(scrape.value("diferido_job_wait_seconds_bucket", "le", "5.0")).isEqualTo(1);
  }

  @Test
  void theClockOfAnotherNodeMakesNoWaitNegative() {
    metrics.began(queued().claimedBy(SampleJobs.NODE, SampleJobs.NOW.minusSeconds(1)));
    assertThat(scrape().value("diferido_job_wait_seconds_bucket", "le", "0.005")).isEqualTo(1);
    assertThat(scrape().value("diferido_job_wait_seconds_sum")).isZero();
  }

  @Test
  void aRunAgainIsNoWait() {
    Job again =
        running()
            .requeued(SampleJobs.FAILURE, SampleJobs.LATER, SampleJobs.LATER)
            .claimedBy(SampleJobs.NODE, SampleJobs.LATER);
    metrics.began(again);
    assertThat(scrape().value("diferido_job_wait_seconds_count")).isZero();
  }

  @Test
  void callsTakeFromMillisecondsToHours() {
    metrics.returned(running(), Duration.ofMillis(4));
    metrics.returned(running(), Duration.ofHours(5));
    metrics.returned(running(), Duration.ofDays(2));
    MeterText scrape = scrape();
    Map.of("0.005", 1.0, "10800.0", 1.0, "21600.0", 2.0, "43200.0", 2.0, "+Inf", 3.0)
        .forEach(
            (le, count) ->
                assertThat(
                        scrape.value(
                            "diferido_job_run_seconds_bucket", "procedure", NAME, "le", le))
                    .as(le)
                    .isEqualTo(count));
  }

  @Test
  void jobsOfAVersionThatKeptNoNameAreCountedTogether() {
    metrics.ended(SampleJobs.running().lost(SampleJobs.FAILURE, SampleJobs.LATER));
    assertThat(scrape().value("diferido_jobs_ended_total", "procedure", "other", "state", "lost"))
        .isEqualTo(1);
  }
}
