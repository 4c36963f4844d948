package org.diferido.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diferido.HandClock;
import org.diferido.failure.FailureCode;
import org.diferido.job.Heartbeat;
import org.diferido.job.InMemoryJobRegistry;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.job.JobTerms;
import org.diferido.job.Node;
import org.diferido.job.RecordedEvents;
import org.diferido.job.RetryPolicy;
import org.diferido.job.SampleJobs;
import org.diferido.result.InMemoryResultStore;
import org.diferido.result.ResultStore.Header;
import org.diferido.result.ResultStore.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Retention and recovery, by an injected clock. */
class HousekeepingTest {

  private final HandClock clock = new HandClock(SampleJobs.NOW);
  private final InMemoryJobRegistry registry = new InMemoryJobRegistry(clock);
  private final InMemoryResultStore results =
      new InMemoryResultStore(job -> registry.find(new JobId(job)).isPresent());
  private final Retention retention = new Retention(Duration.ofHours(24), Duration.ofSeconds(30));
  private final SessionGateway gateway = new SessionGateway();
  private final RecordedEvents events = new RecordedEvents();
  private final JobCleaner cleaner = new JobCleaner(registry, results, retention, clock);
  private final OrphanRecovery recovery = recovery(registry);

  private OrphanRecovery recovery(JobRegistry from) {
    return new OrphanRecovery(
        from,
        results,
        new AbandonedSessions(gateway, retention, clock),
        new Node("survivor"),
        retention,
        new RetryPolicy(Duration.ofSeconds(10)),
        new Heartbeat(from, new Node("survivor"), clock),
        events,
        clock,
        clock);
  }

  private Job running(String node) {
    Job job = SampleJobs.queued().claimedBy(node, clock.instant());
    registry.add(job);
    return job;
  }

  @Test
  void aJobIsKeptFor24HoursAfterItsEndAndThenRemoved() {
    Job job = running("a");
    clock.advance(Duration.ofDays(3));
    registry.replace(job, job.succeeded(SampleJobs.RESULT, clock.instant()));
    clock.advance(Duration.ofHours(24));
    cleaner.removeTheOld();
    assertThat(registry.find(job.id())).isPresent();
    clock.advance(Duration.ofMillis(1));
    cleaner.removeTheOld();
    assertThat(registry.find(job.id())).isEmpty();
  }

  @Test
  void whatHasNotEndedIsNeverRemovedHoweverOld() {
    Job running = running("a");
    Job queued = SampleJobs.queued();
    registry.add(queued);
    clock.advance(Duration.ofDays(400));
    cleaner.removeTheOld();
    assertThat(registry.find(running.id())).isPresent();
    assertThat(registry.find(queued.id())).isPresent();
  }

  private void stored(Job job, int attempt, String name) {
    Header header = new Header(name.repeat(32), job.id().hex(), attempt, name, "rows");
    results.add(header, 0, Position.BEGINNING, new byte[] {1});
  }

  @Test
  void whatAJobGaveBackGoesWithIt() {
    Job old = running("a");
    stored(old, 1, "f");
    registry.replace(old, old.succeeded(SampleJobs.RESULT, clock.instant()));
    clock.advance(Duration.ofHours(24).plusMillis(1));
    Job young = running("a");
    stored(young, 1, "e");
    cleaner.removeTheOld();
    assertThat(results.names()).containsExactly("e");
  }

  @Test
  void ofALostJobWhatItsNodeHadStoredIsRemoved() {
    Job job = running("left");
    stored(job, 1, "f");
    Job other = running("left");
    stored(other, 2, "e");
    recovery.recover();
    assertThat(kept(job).status()).isEqualTo(JobStatus.LOST);
    // Of a later claim, which is somebody's who is alive.
    assertThat(results.names()).containsExactly("e");
  }

  @Test
  void aStoreThatIsAwayKeepsNoJobFromBeingLost() {
    Job job = running("left");
    stored(job, 1, "f");
    results.away = true;
    recovery.recover();
    assertThat(kept(job).status()).isEqualTo(JobStatus.LOST);
    results.away = false;
    registry.remove(kept(job));
    cleaner.removeTheOld();
    assertThat(results.names()).isEmpty();
  }

  private Job kept(Job job) {
    return registry.find(job.id()).orElseThrow();
  }

  private static FailureCode codeOf(Job job) {
    return job.state().failed().orElseThrow().code();
  }

  /** Lets time go by as the timer does. */
  private void recoverFor(int seconds) {
    for (int gone = 0; gone < seconds; gone += 10) {
      recovery.recover();
      clock.advance(Duration.ofSeconds(10));
    }
    recovery.recover();
  }

  @Test
  void aJobIsLostWhenItsNodeIsSilentForTooLongAndSaysWhichNode() {
    recoverFor(30);
    registry.beat("dead");
    Job job = running("dead");
    recoverFor(30);
    assertThat(kept(job).status()).isEqualTo(JobStatus.RUNNING);
    recoverFor(10);
    Job lost = kept(job);
    assertThat(lost.status()).isEqualTo(JobStatus.LOST);
    assertThat(codeOf(lost)).isEqualTo(FailureCode.NODE_GONE);
    assertThat(lost.state().failed().orElseThrow().arguments()).containsExactly("dead");
  }

  @Test
  void aJobIsLostAtOnceWhenItsNodeHasLeft() {
    Job job = running("left");
    recovery.recover();
    assertThat(kept(job).status()).isEqualTo(JobStatus.LOST);
  }

  @Test
  void aJobThatIsBeingCancelledIsLostLikeAnyOther() {
    Job job = running("left");
    registry.replace(job, job.cancelling(SampleJobs.STOP));
    recovery.recover();
    assertThat(kept(job).status()).isEqualTo(JobStatus.LOST);
    assertThat(kept(job).stop()).isEqualTo(SampleJobs.STOP);
  }

  @Test
  void afterAnOutageOfTheRegistryTheOthersGetTheTimeToSayThatTheyAreAlive() {
    recoverFor(60);
    registry.beat("other");
    Job job = running("other");
    clock.advance(Duration.ofMinutes(2));
    recoverFor(20);
    registry.beat("other");
    recoverFor(30);
    assertThat(kept(job).status()).isEqualTo(JobStatus.RUNNING);
    recoverFor(10);
    assertThat(kept(job).status()).isEqualTo(JobStatus.LOST);
  }

  @Test
  void theSessionOfADeadNodesCallIsEndedFirstAndTheJobSaysSo() {
    Job job = running("left");
    gateway.working.add(job.id().hex());
    recovery.recover();
    assertThat(kept(job).status()).isEqualTo(JobStatus.RUNNING);
    assertThat(gateway.working).isEmpty();
    recovery.recover();
    assertThat(codeOf(kept(job))).isEqualTo(FailureCode.SESSION_STOPPED);
  }

  @Test
  void aSessionThatEndsByItselfMeanwhileWasNotEndedByAnybody() {
    Job job = running("left");
    gateway.working.add(job.id().hex());
    gateway.obedient = false;
    recovery.recover();
    gateway.working.clear();
    recovery.recover();
    assertThat(codeOf(kept(job))).isEqualTo(FailureCode.NODE_GONE);
  }

  @Test
  void aSessionThatCannotBeEndedIsReportedAliveAndNotRunAgain() {
    Job job = SampleJobs.ofIdempotent(3).claimedBy("left", clock.instant());
    registry.add(job);
    gateway.working.add(job.id().hex());
    gateway.obedient = false;
    recoverFor(20);
    assertThat(kept(job).status()).isEqualTo(JobStatus.RUNNING);
    recoverFor(10);
    assertThat(kept(job).status()).isEqualTo(JobStatus.LOST);
    assertThat(codeOf(kept(job))).isEqualTo(FailureCode.SESSION_ALIVE);
  }

  @Test
  void whereSessionsCannotBeSeenTheJobIsLostWithoutEvidence() {
    Job job = running("left");
    gateway.working.add(job.id().hex());
    gateway.visible = false;
    recovery.recover();
    assertThat(codeOf(kept(job))).isEqualTo(FailureCode.NODE_GONE);
  }

  @Test
  void aJobThatMayBeRunTwiceWaitsAgainAndItsLostRunIsOnRecord() {
    Job job = SampleJobs.ofIdempotent(2).claimedBy("left", clock.instant());
    registry.add(job);
    recovery.recover();
    Job again = kept(job);
    assertThat(again.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(again.history())
        .singleElement()
        .satisfies(run -> assertThat(run.failure().code()).isEqualTo(FailureCode.NODE_GONE));
    assertThat(SampleJobs.claim(registry, "b", 1, clock.instant())).isEmpty();
    clock.advance(Duration.ofSeconds(10));
    Job second = SampleJobs.claim(registry, "b", 1, clock.instant()).get(0);
    assertThat(second.state().heldBy().orElseThrow().attempt()).isEqualTo(2);
    recovery.recover();
    assertThat(kept(job).status()).isEqualTo(JobStatus.LOST);
    assertThat(kept(job).history()).hasSize(1);
  }

  @Test
  void aJobWithSecretsIsNotRunAgainByANodeThatDoesNotHaveThem() {
    Job job = SampleJobs.ofIdempotent(2, SampleJobs.callWithSecret("s3"));
    registry.add(job.claimedBy("left", clock.instant()));
    recovery.recover();
    assertThat(kept(job).status()).isEqualTo(JobStatus.LOST);
  }

  @Test
  void aNodeThatIsSilentForADayIsForgotten() {
    registry.beat("dead");
    clock.advance(Duration.ofDays(1));
    cleaner.removeTheOld();
    assertThat(registry.forgetNodes(Duration.ofHours(1))).isEqualTo(1);
    registry.beat("dead");
    clock.advance(Duration.ofDays(1).plusMillis(1));
    cleaner.removeTheOld();
    assertThat(registry.forgetNodes(Duration.ofHours(1))).isZero();
  }

  @Test
  void aNodeDoesNotTakeItselfForDeadAfterTheRegistryWasAway() {
    registry.beat("survivor");
    Job job = running("survivor");
    clock.advance(Duration.ofMinutes(5));
    recovery.recover();
    assertThat(registry.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.RUNNING);
  }

  /** The registry, which takes its time over one thing that it is asked. */
  private JobRegistry mute(String when, AtomicBoolean isMute) {
    return (JobRegistry)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {JobRegistry.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(when) && isMute.getAndSet(false)) {
                clock.advance(Duration.ofSeconds(40));
              }
              return method.invoke(registry, arguments);
            });
  }

  @ParameterizedTest
  @CsvSource({"beat, living", "orphans, living", "orphans, survivor"})
  void whileTheRegistryIsMuteNobodyIsTakenForDead(String when, String node) {
    AtomicBoolean isMute = new AtomicBoolean();
    OrphanRecovery judge = recovery(mute(when, isMute));
    Job job = running(node);
    for (int looks = 0; looks < 10; looks++) {
      registry.beat("living");
      judge.recover();
      clock.advance(Duration.ofSeconds(10));
    }
    registry.beat("living");
    isMute.set(true);
    judge.recover();
    assertThat(kept(job).status()).isEqualTo(JobStatus.RUNNING);
    registry.beat("living");
    clock.advance(Duration.ofSeconds(10));
    judge.recover();
    assertThat(kept(job).status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void aClockThatIsSetForwardTakesNobodyForDead() {
    Job job = running("living");
    for (int looks = 0; looks < 10; looks++) {
      registry.beat("living");
      recovery.recover();
      clock.advance(Duration.ofSeconds(10));
    }
    registry.beat("living");
    clock.set(Duration.ofHours(-1));
    recovery.recover();
    clock.set(Duration.ofHours(1));
    recovery.recover();
    assertThat(kept(job).status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsAskedAgainBeforeAJobIsLost() {
    Job job = running("dead");
    gateway.working.add(job.id().hex());
    gateway.reachable = false;
    recovery.recover();
    assertThat(kept(job).status()).isEqualTo(JobStatus.RUNNING);
    gateway.reachable = true;
    clock.advance(Duration.ofSeconds(10));
    recovery.recover();
    assertThat(gateway.working).isEmpty();
    clock.advance(Duration.ofSeconds(10));
    recovery.recover();
    assertThat(kept(job).state().failed().orElseThrow().code())
        .isEqualTo(FailureCode.SESSION_STOPPED);
  }

  @Test
  void anOldSilenceOfTheDatabaseDoesNotCountForLaterJobs() {
    Job first = running("dead");
    gateway.reachable = false;
    recovery.recover();
    registry.replace(first, first.succeeded(SampleJobs.RESULT, clock.instant()));
    for (int looks = 0; looks < 10; looks++) {
      clock.advance(Duration.ofSeconds(10));
      recovery.recover();
    }
    Job second = running("dead too");
    gateway.working.add(second.id().hex());
    recovery.recover();
    assertThat(kept(second).status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void butNotForEver() {
    Job job = running("dead");
    gateway.reachable = false;
    recovery.recover();
    clock.advance(retention.silence());
    recovery.recover();
    assertThat(kept(job).state().failed().orElseThrow().code()).isEqualTo(FailureCode.NODE_GONE);
  }

  @Test
  void aQueuedJobWhoseTimeToStartHasGoneByExpires() {
    Job job =
        Job.queued(
            SampleJobs.queued().id(),
            "ana",
            SampleJobs.CALL,
            JobTerms.of(Map.of(), clock.instant().plusSeconds(60)),
            clock.instant());
    registry.add(job);
    recovery.expire();
    assertThat(registry.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.QUEUED);
    clock.advance(Duration.ofSeconds(60));
    recovery.expire();
    assertThat(registry.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.EXPIRED);
    recovery.expire();
    assertThat(events.ended).extracting(Job::status).containsExactly(JobStatus.EXPIRED);
  }
}
