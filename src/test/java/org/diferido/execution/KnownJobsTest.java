package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.diferido.execution.SteppedNode.ANA;
import static org.diferido.execution.SteppedNode.BRUNO;
import static org.diferido.execution.SteppedNode.DIEGO;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobStatus;
import org.diferido.procedure.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node tells of jobs without asking the registry, and when it may not. */
class KnownJobsTest {

  private static final ServiceSettings SETTINGS = SteppedNode.settings(2, JobRules.NONE);

  /** Three times as long as the node waits between two looks. */
  private static final Duration NEWS_HOLD = Duration.ofSeconds(3);

  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private final SteppedNode node = new SteppedNode("node-a", registry, SETTINGS);
  private final SteppedNode other = new SteppedNode("node-b", registry, SETTINGS);
  private final AtomicInteger questions = new AtomicInteger();

  @AfterEach
  void letAllGo() {
    node.close();
    other.close();
  }

  private Job begun(String text) {
    Job job = node.submit(text);
    await().until(() -> node.gateway.began.contains(text));
    return job;
  }

  /** A job that has ended, and that the node has been asked for. */
  private Job ended(String text) {
    Job job = begun(text);
    node.gateway.steps.release(1);
    await().until(() -> node.calls.all().isEmpty());
    look(node, job);
    // The first news say nothing of what was removed before them.
    node.look();
    look(node, job);
    return job;
  }

  private static Job look(SteppedNode at, Job job) {
    return at.access.find(job.id().hex(), ANA);
  }

  private static Progress percent(int percent) {
    return Progress.reported(BigDecimal.valueOf(percent), BigDecimal.valueOf(100), null, null);
  }

  private void count() {
    questions.set(0);
    registry.beforeAnswers = questions::incrementAndGet;
  }

  private void isNotFound(SteppedNode at, Job job) {
    assertThatThrownBy(() -> look(at, job))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.JOB_NOT_FOUND));
  }

  @Test
  void ofARunningJobTheNodeThatRunsItTellsByItselfWhileItsNewsAreFresh() {
    node.gateway.news = percent(40);
    Job job = begun("a");
    node.look();
    count();
    assertThat(look(node, job).state().lastProgress().percent()).isEqualTo(40);
    node.calls.told(job.id(), percent(60));
    assertThat(look(node, job).state().lastProgress().percent()).isEqualTo(60);
    assertThat(node.access.find(job.id().hex(), BRUNO).status()).isEqualTo(JobStatus.RUNNING);
    assertThatThrownBy(() -> node.access.find(job.id().hex(), DIEGO))
        .isInstanceOf(FailureException.class);
    assertThat(questions).hasValue(0);
    node.clock.advance(NEWS_HOLD);
    assertThat(look(node, job).status()).isEqualTo(JobStatus.RUNNING);
    assertThat(questions).hasValue(1);
    assertThat(look(other, job).status()).isEqualTo(JobStatus.RUNNING);
    assertThat(questions).hasValue(2);
  }

  @Test
  void aClockThatIsSetBackMakesNothingNew() {
    Job ended = ended("a");
    node.clock.advance(Duration.ofMinutes(-10));
    other.access.remove(ended.id().hex(), ANA);
    isNotFound(node, ended);
    node.clock.advance(Duration.ofMinutes(20));
    Job running = begun("b");
    node.clock.advance(Duration.ofMinutes(-10));
    Job kept = node.kept(running);
    registry.kept.replace(
        kept, kept.lost(Failure.of(FailureCode.OUTCOME_UNKNOWN), node.clock.instant()));
    node.look();
    assertThat(look(node, running).status()).isEqualTo(JobStatus.LOST);
  }

  @Test
  void aJobThatIsRunOnceMoreElsewhereIsToldAsItIsThere() {
    Job job = begun("a");
    Job kept = node.kept(job);
    Instant now = node.clock.instant();
    Job waits = kept.requeued(Failure.of(FailureCode.OUTCOME_UNKNOWN), now, now);
    registry.kept.replace(kept, waits);
    registry.kept.replace(waits, waits.claimedBy("node-b", now));
    node.look();
    Job seen = look(node, job);
    assertThat(seen.state().heldBy().orElseThrow().node()).isEqualTo("node-b");
    assertThat(node.access.list(JobFilter.ALL, 10, null, ANA).jobs()).containsExactly(seen);
  }

  @Test
  void withTheRegistryAwayNothingOldIsTold() {
    Job job = begun("a");
    node.look();
    registry.away = true;
    node.clock.advance(NEWS_HOLD);
    node.look();
    assertThatThrownBy(() -> look(node, job))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.REGISTRY_UNAVAILABLE));
  }

  @Test
  void aJobThatWasGivenUpElsewhereIsToldAsTheRegistryHasIt() {
    Job job = begun("a");
    node.look();
    Job kept = node.kept(job);
    registry.kept.replace(
        kept, kept.lost(Failure.of(FailureCode.OUTCOME_UNKNOWN), node.clock.instant()));
    node.look();
    assertThat(look(node, job).status()).isEqualTo(JobStatus.LOST);
  }

  @Test
  void aClaimThatIsNewerThanTheNewsNeedsNone() {
    Job first = begun("a");
    node.look();
    node.clock.advance(Duration.ofMillis(1));
    Job job = begun("b");
    count();
    assertThat(look(node, job).status()).isEqualTo(JobStatus.RUNNING);
    assertThat(look(node, first).status()).isEqualTo(JobStatus.RUNNING);
    assertThat(questions).hasValue(0);
  }

  @Test
  void fromItsEndOnOnlyTheRegistryTellsOfAJobUntilThatIsRead() throws Exception {
    registry.joins = true;
    CountDownLatch committing = new CountDownLatch(1);
    CountDownLatch looked = new CountDownLatch(1);
    node.gateway.beforeCommit =
        () -> {
          committing.countDown();
          await().until(() -> looked.getCount() == 0);
        };
    Job job = begun("a");
    node.look();
    node.gateway.steps.release(1);
    assertThat(committing.await(10, TimeUnit.SECONDS)).isTrue();
    count();
    assertThat(look(node, job).status()).isEqualTo(JobStatus.RUNNING);
    assertThat(questions).hasValue(1);
    looked.countDown();
    await().until(() -> node.calls.all().isEmpty());
    assertThat(look(node, job).status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void anEndedJobIsReadOnceAndToldFromThenOn() {
    Job job = ended("a");
    count();
    for (int at = 0; at < 5; at++) {
      assertThat(look(node, job)).isEqualTo(node.kept(job));
    }
    assertThat(questions).hasValue(0);
    node.clock.advance(Duration.ofMinutes(1));
    node.look();
    questions.set(0);
    look(node, job);
    assertThat(questions).as("the table may have been changed by hand").hasValue(1);
  }

  @Test
  void whatIsRemovedHereIsGoneAtOnce() {
    Job one = ended("a");
    Job two = ended("b");
    assertThat(node.access.remove(one.id().hex(), ANA)).isTrue();
    isNotFound(node, one);
    assertThat(node.access.removeEnded(JobFilter.ALL, null, ANA)).isEqualTo(1);
    isNotFound(node, two);
  }

  @Test
  void whatIsRemovedElsewhereIsGoneWithTheNextNews() {
    Job job = ended("a");
    assertThat(other.access.remove(job.id().hex(), ANA)).isTrue();
    node.look();
    isNotFound(node, job);
  }

  @Test
  void whatWasReadBeforeTheFirstNewsMayBeGoneByThen() {
    Job job = begun("a");
    node.gateway.steps.release(1);
    await().until(() -> node.calls.all().isEmpty());
    look(node, job);
    other.access.remove(job.id().hex(), ANA);
    node.look();
    isNotFound(node, job);
  }

  @Test
  void whatIsRemovedWhileItIsReadIsNotRemembered() {
    Job job = ended("a");
    node.clock.advance(Duration.ofMinutes(1));
    node.look();
    KnownJobs.Look look = node.known.find(job.id());
    Job read = node.kept(job);
    other.access.remove(job.id().hex(), ANA);
    node.look();
    node.known.remember(read, look);
    isNotFound(node, job);
  }

  @Test
  void nobodyListensForRemovalsForLongerThanSomebodyAsks() {
    ended("a");
    count();
    node.look();
    assertThat(questions).hasValue(1);
    node.clock.advance(Duration.ofMinutes(1));
    node.look();
    assertThat(questions).hasValue(1);
  }
}
