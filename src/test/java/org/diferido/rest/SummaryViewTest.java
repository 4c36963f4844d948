package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.diferido.job.JobStatus;
import org.diferido.job.JobSummary;
import org.diferido.job.WaitTimes;
import org.junit.jupiter.api.Test;

class SummaryViewTest {

  private static final Instant NOW = Instant.parse("2025-12-10T14:30:00Z");

  @Test
  void whereThereIsNothingEveryStateIsZeroAndNobodyHasWaited() {
    JsonObject json = SummaryView.of(JobSummary.empty(NOW));
    assertThat(json).containsOnlyKeys("total", "states", "bins");
    assertThat(json.getJsonObject("states").toString())
        .isEqualTo(
            "{\"queued\":0,\"running\":0,\"cancelling\":0,\"succeeded\":0,\"failed\":0,\"cancelled\":0,"
                + "\"timed_out\":0,\"expired\":0,\"lost\":0}");
    assertThat(json.getJsonArray("bins")).hasSize(48);
    assertThat(json.getJsonArray("bins").get(47).toString())
        .isEqualTo("{\"from\":\"2025-12-10T14:30:00Z\"}");
  }

  @Test
  void countsAreToldWhereTheyAreAndAMedianWhereSomebodyWaited() {
    Map<JobStatus, Long> states = Map.of(JobStatus.SUCCEEDED, 3L, JobStatus.LOST, 1L);
    JobSummary summary =
        new JobSummary(
            states,
            NOW.minusSeconds(60),
            JobSummary.bins(NOW, Map.of(NOW, states)),
            new WaitTimes(Map.of(0, 4L)));
    JsonObject json = SummaryView.of(summary);
    assertThat(json.getInt("total")).isEqualTo(4);
    assertThat(json.getString("total_is")).isEqualTo("at_least");
    assertThat(json.getString("bins_from")).isEqualTo("2025-12-10T14:29:00Z");
    assertThat(json.getJsonObject("states").getInt("lost")).isEqualTo(1);
    assertThat(json.getInt("wait_p50_ms")).isEqualTo(5);
    assertThat(json.getJsonArray("bins").get(47).toString())
        .isEqualTo("{\"from\":\"2025-12-10T14:30:00Z\",\"succeeded\":3,\"lost\":1}");
  }

  @Test
  void whereAllOfTheDayWasLookedAtTheHalfHoursAreNotLimited() {
    JobSummary summary =
        new JobSummary(
            Map.of(),
            NOW.minus(Duration.ofDays(2)),
            JobSummary.bins(NOW, Map.of()),
            WaitTimes.NONE);
    assertThat(SummaryView.of(summary)).containsKey("total_is").doesNotContainKey("bins_from");
  }
}
