package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.diferido.execution.SteppedNode.ANA;
import static org.diferido.execution.SteppedNode.BRUNO;
import static org.diferido.execution.SteppedNode.DIEGO;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.procedure.Progress;
import org.diferido.security.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Those who wait for jobs, on the node that runs them and on another one. */
class JobFeedTest {

  private static final int MOST = 3;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final ServiceSettings SETTINGS =
      SteppedNode.settings(
          2, JobRules.NONE, new ServiceSettings.CallerLimits(2, 80, null, 0, MOST));

  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private final SteppedNode node = new SteppedNode("node-a", registry, SETTINGS);
  private final SteppedNode other = new SteppedNode("node-b", registry, SETTINGS);

  /** What is to be done in a moment. */
  private final List<Runnable> later = new ArrayList<>();

  private JobFeed here;
  private JobFeed elsewhere;
  private JobWaits waitsHere;
  private JobWaits waitsElsewhere;

  @BeforeEach
  void listen() {
    here = feed(node);
    elsewhere = feed(other);
    waitsHere = new JobWaits(here, node.clock);
    waitsElsewhere = new JobWaits(elsewhere, other.clock);
  }

  private JobFeed feed(SteppedNode of) {
    JobLookup lookup = new JobLookup(registry, of.calls, of.known);
    return new JobFeed(registry, lookup, of.calls, SETTINGS, of.clock, Runnable::run, later::add);
  }

  @AfterEach
  void letAllGo() {
    node.close();
    other.close();
  }

  /** What one is told. */
  private static final class Ear implements JobListener {

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public boolean isStream() {
      return false;
    }

    @Override
    public void changed(Job job, boolean moved) {
      told.add((moved ? "" : "· ") + job.status() + " " + job.state().lastProgress().percent());
    }

    @Override
    public void removed(JobId id) {
      told.add("removed");
    }

    @Override
    public void closed() {
      told.add("closed");
    }
  }

  private Job begun(String text) {
    Job job = node.submit(text);
    await().until(() -> node.gateway.began.contains(text));
    return node.access.find(job.id().hex(), ANA);
  }

  private void letEnd(Job job) {
    node.gateway.steps.release(1);
    await().until(() -> registry.kept.find(job.id()).orElseThrow().status().isEnd());
    await().until(() -> node.calls.all().isEmpty());
  }

  /** Time goes by until the registry has been looked at again. */
  private static void look(JobFeed feed) {
    feed.tick();
    feed.tick();
  }

  private static Progress percent(int percent) {
    return Progress.reported(BigDecimal.valueOf(percent), BigDecimal.valueOf(100), null, null);
  }

  @Test
  void anEndOnThisNodeIsToldAtOnce() {
    Job job = begun("a");
    Ear ear = new Ear();
    here.to(job, ANA, ear);
    letEnd(job);
    await().untilAsserted(() -> assertThat(ear.told).containsExactly("SUCCEEDED 0"));
  }

  @Test
  void anEndOnAnotherNodeIsToldAtTheNextLook() {
    Job job = begun("a");
    Ear ear = new Ear();
    elsewhere.to(job, ANA, ear);
    look(elsewhere);
    assertThat(ear.told).isEmpty();
    letEnd(job);
    look(elsewhere);
    look(elsewhere);
    assertThat(ear.told).containsExactly("SUCCEEDED 0");
  }

  @Test
  void whatHappenedBeforeOneListenedButAfterOneLookedIsTold() {
    Job job = begun("a");
    letEnd(job);
    Ear ear = new Ear();
    here.to(job, ANA, ear);
    look(here);
    assertThat(ear.told).containsExactly("SUCCEEDED 0");
  }

  @Test
  void progressIsToldOnceAndOfThisNodeWithoutAQuestion() {
    Job job = begun("a");
    Ear ear = new Ear();
    here.to(job, ANA, ear);
    node.look();
    AtomicInteger questions = new AtomicInteger();
    registry.beforeAnswers = questions::incrementAndGet;
    node.calls.told(job.id(), percent(40));
    look(here);
    look(here);
    node.calls.told(job.id(), percent(60));
    look(here);
    assertThat(ear.told).containsExactly("· RUNNING 40", "· RUNNING 60");
    assertThat(questions).hasValue(0);
  }

  @Test
  void manyWhoWaitElsewhereCostOneQuestionALook() {
    Job job = begun("a");
    Job waiting = node.submit("b");
    Ear ear = new Ear();
    elsewhere.to(job, ANA, ear);
    elsewhere.to(job, DIEGO, ear);
    elsewhere.to(waiting, BRUNO, ear);
    AtomicInteger questions = new AtomicInteger();
    registry.beforeAnswers = questions::incrementAndGet;
    look(elsewhere);
    assertThat(questions).hasValue(1);
  }

  @Test
  void nobodyWhoListensCostsNothing() {
    Job job = begun("a");
    JobFeed.Listening listening = here.to(job, ANA, new Ear());
    assertThat(here.size()).isEqualTo(1);
    assertThat(later).hasSize(1);
    listening.end();
    assertThat(here.size()).isZero();
    later.remove(0).run();
    assertThat(later).isEmpty();
  }

  @Test
  void aRemovedJobIsToldAsRemoved() {
    Job job = begun("a");
    letEnd(job);
    Job ended = other.access.find(job.id().hex(), ANA);
    Ear ear = new Ear();
    elsewhere.to(ended, ANA, ear);
    node.access.remove(job.id().hex(), ANA);
    look(elsewhere);
    assertThat(ear.told).contains("removed");
  }

  @Test
  void aRegistryThatIsAwayIsWaitedFor() {
    Job job = begun("a");
    Ear ear = new Ear();
    elsewhere.to(job, ANA, ear);
    letEnd(job);
    registry.away = true;
    look(elsewhere);
    assertThat(ear.told).isEmpty();
    registry.away = false;
    look(elsewhere);
    assertThat(ear.told).containsExactly("SUCCEEDED 0");
  }

  @Test
  void whoThrowsKeepsNobodyElseFromBeingTold() {
    Job job = begun("a");
    Ear ear = new Ear();
    JobListener broken =
        new JobListener() {
          @Override
          public boolean isStream() {
            return true;
          }

          @Override
          public void changed(Job changed, boolean moved) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void closed() {}
        };
    here.to(job, ANA, broken);
    here.to(job, ANA, ear);
    assertThat(here.size()).isEqualTo(2);
    assertThat(here.streams()).isEqualTo(1);
    letEnd(job);
    await().untilAsserted(() -> assertThat(ear.told).containsExactly("SUCCEEDED 0"));
  }

  @Test
  void nobodyWaitsMoreOftenThanHeMay() {
    Job job = begun("a");
    List<JobFeed.Listening> all = new ArrayList<>();
    for (int at = 0; at < MOST; at++) {
      all.add(here.to(job, ANA, new Ear()));
    }
    assertThatThrownBy(() -> here.to(job, ANA, new Ear()))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.TOO_MANY_WAITING));
    here.to(job, BRUNO, new Ear());
    all.get(0).end();
    all.get(0).end();
    here.to(job, ANA, new Ear());
    assertThatThrownBy(() -> here.toJobsOf(ANA, new Ear())).isInstanceOf(FailureException.class);
  }

  @Test
  void whoListensToAllHisJobsIsToldOfThemAndOfNobodyElses() {
    Ear ana = new Ear();
    Ear diego = new Ear();
    Ear operator = new Ear();
    elsewhere.toJobsOf(ANA, ana);
    elsewhere.toJobsOf(DIEGO, diego);
    elsewhere.toJobsOf(BRUNO, operator);
    Job job = begun("a");
    look(elsewhere);
    letEnd(job);
    look(elsewhere);
    look(elsewhere);
    assertThat(ana.told).containsExactly("RUNNING 0", "SUCCEEDED 0");
    assertThat(operator.told).containsExactly("RUNNING 0", "SUCCEEDED 0");
    assertThat(diego.told).isEmpty();
  }

  @Test
  void whatWasThereBeforeIsNoNews() {
    Job before = begun("a");
    Ear ana = new Ear();
    here.toJobsOf(ANA, ana);
    look(here);
    assertThat(ana.told).isEmpty();
    letEnd(before);
    await().untilAsserted(() -> assertThat(ana.told).containsExactly("SUCCEEDED 0"));
  }

  @Test
  void whatEndedLongBeforeIsNoNewsEither() {
    for (String text : List.of("a", "b", "c")) {
      letEnd(begun(text));
    }
    node.clock.advance(Duration.ofMinutes(5));
    other.clock.advance(Duration.ofMinutes(5));
    Ear first = new Ear();
    JobFeed.Listening listening = elsewhere.toJobsOf(ANA, first);
    look(elsewhere);
    listening.end();
    letEnd(begun("d"));
    look(elsewhere);
    node.clock.advance(Duration.ofMinutes(5));
    other.clock.advance(Duration.ofMinutes(5));
    Ear second = new Ear();
    elsewhere.toJobsOf(ANA, second);
    look(elsewhere);
    assertThat(first.told).isEmpty();
    assertThat(second.told).isEmpty();
    letEnd(begun("e"));
    look(elsewhere);
    assertThat(second.told).containsExactly("SUCCEEDED 0");
  }

  @Test
  void aJobThatIsCancelledWhileItWaitsIsToldAsWell() {
    node.gateway.steps.drainPermits();
    begun("a");
    begun("b");
    Job waiting = node.submit("c");
    Ear ana = new Ear();
    elsewhere.toJobsOf(ANA, ana);
    node.access.cancel(waiting.id().hex(), ANA);
    look(elsewhere);
    assertThat(ana.told).containsExactly("CANCELLED 0");
  }

  @Test
  void anEndByAClockThatIsBehindIsToldAsWell() {
    Job job = begun("a");
    Ear ana = new Ear();
    elsewhere.toJobsOf(ANA, ana);
    look(elsewhere);
    other.clock.advance(Duration.ofMinutes(5));
    look(elsewhere);
    letEnd(job);
    look(elsewhere);
    assertThat(ana.told).containsExactly("SUCCEEDED 0");
  }

  @Test
  void theEndOfTheNodeIsToldToAll() {
    Ear one = new Ear();
    Ear all = new Ear();
    here.to(begun("a"), ANA, one);
    here.toJobsOf(ANA, all);
    here.close();
    assertThat(one.told).containsExactly("closed");
    assertThat(all.told).containsExactly("closed");
    Ear late = new Ear();
    here.toJobsOf(ANA, late);
    assertThat(late.told).containsExactly("closed");
  }

  @Test
  void waitingEndsWithWhatIsWaitedFor() {
    Job job = begun("a");
    CompletableFuture<Optional<Job>> end = until(waitsHere, job, JobStatus.SUCCEEDED);
    CompletableFuture<Optional<Job>> far = until(waitsElsewhere, job, JobStatus.SUCCEEDED);
    assertThat(end).isNotDone();
    letEnd(job);
    await().untilAsserted(() -> assertThat(end).isDone());
    look(elsewhere);
    look(elsewhere);
    assertThat(far).isDone();
    assertThat(far.join().orElseThrow().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(here.size() + elsewhere.size()).isZero();
  }

  @Test
  void waitingEndsInTimeWithTheJobAsItIsThen() {
    Job job = begun("a");
    CompletableFuture<Optional<Job>> end = until(waitsHere, job, JobStatus.SUCCEEDED);
    node.calls.told(job.id(), percent(40));
    look(here);
    node.clock.advance(LONG.minusMillis(1));
    look(here);
    assertThat(end).isNotDone();
    node.clock.advance(Duration.ofMillis(1));
    here.tick();
    assertThat(end.join().orElseThrow().state().lastProgress().percent()).isEqualTo(40);
    assertThat(here.size()).isZero();
  }

  @Test
  void whatIsAsWantedAlreadyIsNotWaitedFor() {
    Job job = begun("a");
    assertThat(until(waitsHere, job, JobStatus.RUNNING)).isDone();
    assertThat(here.size()).isZero();
  }

  @Test
  void waitingForWhatIsRemovedEndsWithoutIt() {
    node.gateway.steps.drainPermits();
    begun("a");
    begun("b");
    Job waiting = node.submit("c");
    CompletableFuture<Optional<Job>> end = until(waitsElsewhere, waiting, JobStatus.SUCCEEDED);
    node.access.remove(waiting.id().hex(), ANA);
    look(elsewhere);
    assertThat(end.join()).isEmpty();
  }

  private static CompletableFuture<Optional<Job>> until(JobWaits waits, Job job, JobStatus status) {
    Caller caller = ANA;
    return waits.until(each -> each.status() == status, job, caller, LONG).toCompletableFuture();
  }
}
