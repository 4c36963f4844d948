package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.diferido.job.Job;
import org.diferido.job.SampleJobs;
import org.diferido.procedure.ProcedureResult;
import org.junit.jupiter.api.Test;

/** Ended jobs in bounded memory. */
class EndedJobsTest {

  private final EndedJobs ended = new EndedJobs();

  private static Job with(Object value) {
    return SampleJobs.running()
        .succeeded(new ProcedureResult(Map.of("v", value), Duration.ZERO), SampleJobs.LATER);
  }

  private void add(Job job) {
    ended.add(job, ended.generation(), SampleJobs.LATER);
  }

  private boolean has(Job job) {
    return ended.find(job.id(), SampleJobs.LATER) != null;
  }

  @Test
  void manyAreRememberedAndThoseLongestNotAskedForAreForgottenFirst() {
    List<Job> jobs = new ArrayList<>();
    for (int at = 0; at < 20; at++) {
      jobs.add(with("x".repeat(500_000)));
      add(jobs.get(at));
      assertThat(has(jobs.get(0))).isTrue();
    }
    assertThat(jobs.stream().filter(this::has)).hasSize(15).contains(jobs.get(19));
    assertThat(has(jobs.get(1))).isFalse();
  }

  @Test
  void oneThatWouldTakeMostOfTheRoomIsNotRemembered() {
    Job text = with("x".repeat(1_000_000));
    List<List<Object>> rows = Collections.nCopies(50_000, List.of("una celda"));
    Job cursor = with(new ProcedureResult.Rows(List.of("C"), rows, rows.size()));
    Job small = with("x");
    List.of(text, cursor, small).forEach(this::add);
    assertThat(has(text)).isFalse();
    assertThat(has(cursor)).isFalse();
    assertThat(has(small)).isTrue();
  }

  @Test
  void theSameAgainTakesItsRoomOnce() {
    Job small = with("x");
    add(small);
    Job large = with("x".repeat(500_000));
    for (int at = 0; at < 100; at++) {
      add(large);
    }
    assertThat(has(small)).isTrue();
  }

  @Test
  void whatWasReadBeforeARemovalIsNotKept() {
    Job job = with("x");
    long before = ended.generation();
    ended.forget(SampleJobs.running().id());
    ended.add(job, before, SampleJobs.LATER);
    assertThat(has(job)).isFalse();
    add(job);
    assertThat(has(job)).isTrue();
    ended.forgetAll();
    assertThat(has(job)).isFalse();
  }
}
