package org.diferido.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diferido.job.SampleJobs.CALL;
import static org.diferido.job.SampleJobs.FAILURE;
import static org.diferido.job.SampleJobs.HALF;
import static org.diferido.job.SampleJobs.LATER;
import static org.diferido.job.SampleJobs.NODE;
import static org.diferido.job.SampleJobs.NOW;
import static org.diferido.job.SampleJobs.RESULT;
import static org.diferido.job.SampleJobs.STOP;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.diferido.failure.FailureCode;
import org.diferido.failure.Language;
import org.diferido.procedure.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobTest {

  /** The moves as they are meant, written down a second time. */
  private static final Map<JobStatus, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry(JobStatus.QUEUED, Set.of("claim", "fail", "expire", "cancel unstarted")),
          Map.entry(
              JobStatus.RUNNING,
              Set.of("progress", "cancel", "requeue", "unclaim", "succeed", "fail", "lose")),
          Map.entry(
              JobStatus.CANCELLING,
              Set.of(
                  "progress", "cancel", "stop", "requeue", "unclaim", "succeed", "fail", "lose")),
          Map.entry(JobStatus.SUCCEEDED, Set.of()),
          Map.entry(JobStatus.FAILED, Set.of()),
          Map.entry(JobStatus.CANCELLED, Set.of()),
          Map.entry(JobStatus.TIMED_OUT, Set.of()),
          Map.entry(JobStatus.EXPIRED, Set.of()),
          Map.entry(JobStatus.LOST, Set.of()));

  private static final Map<String, UnaryOperator<Job>> MOVES =
      Map.ofEntries(
          Map.entry("claim", job -> job.claimedBy(NODE, NOW)),
          Map.entry("progress", job -> job.at(HALF)),
          Map.entry("cancel", job -> job.cancelling(STOP)),
          Map.entry("cancel unstarted", job -> job.cancelledUnstarted(STOP)),
          Map.entry("stop", job -> job.stopped(Stop.Step.STATEMENT, FAILURE, LATER)),
          Map.entry("requeue", job -> job.requeued(FAILURE, NOW, LATER)),
          Map.entry("unclaim", job -> job.unclaimed(null)),
          Map.entry("succeed", job -> job.succeeded(RESULT, LATER)),
          Map.entry("fail", job -> job.failed(FAILURE, LATER)),
          Map.entry("expire", job -> job.expired(LATER)),
          Map.entry("lose", job -> job.lost(FAILURE, LATER)));

  private static Map<JobStatus, Job> jobs() {
    Map<JobStatus, Job> jobs = new EnumMap<>(JobStatus.class);
    SampleJobs.inEveryState("ana").forEach(job -> jobs.putIfAbsent(job.status(), job));
    return jobs;
  }

  static Stream<Arguments> everyPair() {
    return Stream.of(JobStatus.values())
        .flatMap(
            status -> MOVES.keySet().stream().sorted().map(move -> Arguments.of(status, move)));
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void aMoveIsMadeWhereItIsAllowedAndRefusedElsewhere(JobStatus status, String move) {
    Job job = jobs().get(status);
    if (ALLOWED.get(status).contains(move)) {
      Job next = MOVES.get(move).apply(job);
      assertThat(next.id()).isEqualTo(job.id());
      assertThat(status.next()).contains(next.status());
    } else {
      assertThatThrownBy(() -> MOVES.get(move).apply(job))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(job.id().hex());
    }
  }

  @Test
  void everyStatusHasASample() {
    assertThat(jobs()).containsOnlyKeys(JobStatus.values());
    assertThat(ALLOWED).containsOnlyKeys(JobStatus.values());
  }

  @ParameterizedTest
  @EnumSource(JobStatus.class)
  void theStatusesThatNothingFollowsAreTheEnds(JobStatus status) {
    assertThat(status.isEnd()).isEqualTo(ALLOWED.get(status).isEmpty());
    assertThat(status.isEnd()).isEqualTo(jobs().get(status).state() instanceof JobState.Ended);
  }

  @Test
  void theFourWordsOfTheOriginCoverEveryStatus() {
    Map<JobStatus, String> words = new HashMap<>();
    Stream.of(JobStatus.values()).forEach(each -> words.put(each, each.reported().word()));
    assertThat(words)
        .containsEntry(JobStatus.QUEUED, "pending")
        .containsEntry(JobStatus.RUNNING, "running")
        .containsEntry(JobStatus.CANCELLING, "running")
        .containsEntry(JobStatus.CANCELLED, "failed")
        .containsEntry(JobStatus.TIMED_OUT, "failed")
        .containsEntry(JobStatus.SUCCEEDED, "completed")
        .containsEntry(JobStatus.FAILED, "failed")
        .containsEntry(JobStatus.EXPIRED, "failed")
        .containsEntry(JobStatus.LOST, "failed");
  }

  @Test
  void theFirstWhoAsksToStopStaysOnRecordAndALaterRemovalIsAdded() {
    Stop later = Stop.asked(Stop.Reason.TIMEOUT, NODE, LATER);
    Job job = SampleJobs.running().cancelling(STOP).cancelling(later);
    assertThat(job.stop()).isEqualTo(STOP);
    assertThat(job.cancelling(later.withRemoval()).stop()).isEqualTo(STOP.withRemoval());
    assertThat(job.cancelling(later.withRemoval()).cancelling(later).stop())
        .isEqualTo(STOP.withRemoval());
  }

  @Test
  void whatStoppedForItsTimeoutIsTimedOutAndEverythingElseIsCancelled() {
    for (Stop.Reason reason : Stop.Reason.values()) {
      Job job =
          SampleJobs.running()
              .cancelling(Stop.asked(reason, "ana", NOW))
              .stopped(Stop.Step.SESSION, FAILURE, LATER);
      assertThat(job.status())
          .isEqualTo(reason == Stop.Reason.TIMEOUT ? JobStatus.TIMED_OUT : JobStatus.CANCELLED);
      assertThat(job.stop().step()).isEqualTo(Stop.Step.SESSION);
    }
  }

  @Test
  void aCancelThatCameTooLateDoesNotHideTheResult() {
    Job job = SampleJobs.running().cancelling(STOP).succeeded(RESULT, LATER);
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(job.stop()).isEqualTo(STOP);
  }

  @Test
  void aNextRunHasTheNextAttemptAndARunThatWasNotBegunCountsForNone() {
    Job again = SampleJobs.running().requeued(FAILURE, NOW, LATER);
    assertThat(again.history()).hasSize(1);
    Job second = again.claimedBy("node-b", LATER);
    assertThat(second.state().heldBy().orElseThrow().attempt()).isEqualTo(2);
    assertThat(second.unclaimed(LATER).claimedBy("c", LATER).state().heldBy().orElseThrow())
        .isEqualTo(new JobState.Claim("c", 2, LATER));
  }

  @Test
  void aJobThatWaitsAgainIsNotAskedToStopAnyMore() {
    assertThat(SampleJobs.running().cancelling(STOP).requeued(FAILURE, NOW, LATER).stop()).isNull();
    assertThat(SampleJobs.running().cancelling(STOP).unclaimed(null).stop()).isNull();
  }

  @Test
  void aClaimRemembersNodeAttemptAndTime() {
    assertThat(SampleJobs.queued().claimedBy("node-b", LATER).state().heldBy())
        .contains(new JobState.Claim("node-b", 1, LATER));
  }

  @Test
  void theClaimStaysWithTheJobToItsEnd() {
    Job running = SampleJobs.running();
    assertThat(running.succeeded(RESULT, LATER).state().heldBy())
        .isEqualTo(running.state().heldBy());
    assertThat(running.failed(FAILURE, LATER).state().heldBy()).isEqualTo(running.state().heldBy());
    assertThat(running.lost(FAILURE, LATER).state().heldBy()).isEqualTo(running.state().heldBy());
  }

  @Test
  void aJobThatFailedInTheQueueWasHeldByNobody() {
    assertThat(SampleJobs.queued().failed(FAILURE, LATER).state().heldBy()).isEmpty();
  }

  @Test
  void aPercentageNeverFalls() {
    Progress less = Progress.reported(BigDecimal.ONE, BigDecimal.TEN, "lotes", "Otra vez");
    Job job = SampleJobs.running().at(HALF).at(less);
    assertThat(job.state().lastProgress().percent()).isEqualTo(50);
    assertThat(job.state().lastProgress().message()).isEqualTo("Otra vez");
  }

  @Test
  void aFailureKeepsTheLastProgress() {
    assertThat(SampleJobs.running().at(HALF).failed(FAILURE, LATER).state().lastProgress())
        .isEqualTo(HALF);
  }

  @Test
  void anExpiredJobSaysUntilWhenItMightHaveStarted() {
    Job expired = SampleJobs.startingBefore(LATER).expired(LATER);
    assertThat(expired.state().failed().orElseThrow().code()).isEqualTo(FailureCode.EXPIRED);
    assertThat(expired.state().failed().orElseThrow().text(Language.SPANISH))
        .contains(LATER.toString());
  }

  @Test
  void aJobIsTooLateFromItsTimeOnAndOneWithoutATimeNever() {
    Job job = SampleJobs.startingBefore(LATER);
    assertThat(job.isTooLate(LATER.minusMillis(1))).isFalse();
    assertThat(job.isTooLate(LATER)).isTrue();
    assertThat(SampleJobs.queued().isTooLate(LATER)).isFalse();
  }

  @Test
  void aJobDoesNotChangeWithTheMapItsLabelsCameFrom() {
    Map<String, String> labels = new HashMap<>(Map.of("a", "1"));
    Job job = Job.queued(JobId.random(), "ana", CALL, JobTerms.of(labels, null), NOW);
    labels.put("b", "2");
    assertThat(job.terms().labels()).containsOnlyKeys("a");
  }
}
