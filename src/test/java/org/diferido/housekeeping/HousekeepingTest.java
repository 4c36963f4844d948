package org.diferido.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.diferido.failure.FailureCode;
import org.diferido.job.InMemoryJobRegistry;
import org.diferido.job.Job;
import org.diferido.job.JobStatus;
import org.diferido.job.Node;
import org.diferido.job.SampleJobs;
import org.junit.jupiter.api.Test;

/** Retention and recovery, by an injected clock. */
class HousekeepingTest {

  /** A clock that stands where the test puts it. */
  private static final class Hand extends Clock {

    private Instant now = SampleJobs.NOW;

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final Hand clock = new Hand();
  private final InMemoryJobRegistry registry = new InMemoryJobRegistry(clock);
  private final Retention retention = new Retention(Duration.ofHours(24), Duration.ofSeconds(30));
  private final JobCleaner cleaner = new JobCleaner(registry, retention, clock);
  private final OrphanRecovery recovery =
      new OrphanRecovery(registry, new Node("survivor"), retention, clock);

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

  @Test
  void aJobIsLostWhenItsNodeIsSilentForTooLongAndSaysWhichNode() {
    registry.beat("dead");
    Job job = running("dead");
    clock.advance(Duration.ofSeconds(29));
    recovery.recover();
    assertThat(registry.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.RUNNING);
    clock.advance(Duration.ofSeconds(2));
    recovery.recover();
    Job lost = registry.find(job.id()).orElseThrow();
    assertThat(lost.status()).isEqualTo(JobStatus.LOST);
    assertThat(lost.state().failed().orElseThrow().code()).isEqualTo(FailureCode.NODE_GONE);
    assertThat(lost.state().failed().orElseThrow().arguments()).containsExactly("dead");
  }

  @Test
  void aNodeDoesNotTakeItselfForDeadAfterTheRegistryWasAway() {
    registry.beat("survivor");
    Job job = running("survivor");
    clock.advance(Duration.ofMinutes(5));
    recovery.recover();
    assertThat(registry.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void aQueuedJobWhoseTimeToStartHasGoneByExpires() {
    Job job =
        Job.queued(
            SampleJobs.queued().id(),
            "ana",
            SampleJobs.CALL,
            Map.of(),
            clock.instant().plusSeconds(60),
            clock.instant());
    registry.add(job);
    recovery.recover();
    assertThat(registry.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.QUEUED);
    clock.advance(Duration.ofSeconds(60));
    recovery.recover();
    assertThat(registry.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.EXPIRED);
  }
}
