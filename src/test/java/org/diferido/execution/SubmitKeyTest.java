package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.diferido.execution.SteppedNode.ANA;
import static org.diferido.execution.SteppedNode.DIEGO;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.diferido.job.SubmitKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Submits that are sent again. */
class SubmitKeyTest {

  private static final ServiceSettings SETTINGS = SteppedNode.settings(3, JobRules.NONE);

  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private final SteppedNode node = new SteppedNode("node-a", registry, SETTINGS);
  private final SteppedNode other = new SteppedNode("node-b", registry, SETTINGS);

  @AfterEach
  void letAllGo() {
    node.close();
    other.close();
  }

  private static Submission keyed(String text, String key) {
    return SteppedNode.call(text, null, SubmitKey.of("ana", key, text));
  }

  private long jobs() {
    return registry.kept.list(new JobFilter(null, Set.of(), null), 1, null).total();
  }

  private static void assertRefused(FailureCode code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code));
  }

  @Test
  void theSameRequestWithTheSameKeyIsTheSameJobOnWhicheverNode() {
    Accepted first = node.dispatcher.submit(keyed("a", "k"), ANA);
    Accepted again = other.dispatcher.submit(keyed("a", "k"), ANA);
    assertThat(first.replayed()).isFalse();
    assertThat(again.replayed()).isTrue();
    assertThat(again.job().id()).isEqualTo(first.job().id());
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void anotherRequestWithTheSameKeyIsRefusedAndAnotherCallersKeyIsAnother() {
    node.dispatcher.submit(keyed("a", "k"), ANA);
    assertRefused(FailureCode.KEY_REUSED, () -> node.dispatcher.submit(keyed("b", "k"), ANA));
    Submission diegos = SteppedNode.call("a", null, SubmitKey.of("diego", "k", "a"));
    assertThat(node.dispatcher.submit(diegos, DIEGO).replayed()).isFalse();
  }

  @Test
  void theAnswerIsTheSameWhateverHasBecomeOfTheProcedure() {
    Job job = node.dispatcher.submit(keyed("a", "k"), ANA).job();
    node.gateway.signatures = List.of();
    assertThat(node.dispatcher.submit(keyed("a", "k"), ANA).job().id()).isEqualTo(job.id());
  }

  @Test
  void aKeyLivesAsLongAsItsJob() {
    Job job = node.dispatcher.submit(keyed("a", "k"), ANA).job();
    node.gateway.steps.release();
    await().until(() -> node.status(job) == JobStatus.SUCCEEDED);
    assertThat(node.access.remove(job.id().hex(), ANA)).isTrue();
    assertThat(node.dispatcher.submit(keyed("a", "k"), ANA).replayed()).isFalse();
  }

  @Test
  void twentyAtOnceOnTwoNodesMakeOneJobOfEachKey() throws Exception {
    node.gateway.steps.release(100_000);
    other.gateway.steps.release(100_000);
    List<Callable<JobId>> submits =
        IntStream.range(0, 400)
            .<Callable<JobId>>mapToObj(
                at ->
                    () ->
                        (at % 2 == 0 ? node : other)
                            .dispatcher
                            .submit(keyed("k" + at / 10, "k" + at / 10), ANA)
                            .job()
                            .id())
            .toList();
    Set<JobId> ids = new HashSet<>();
    ExecutorService clients = Executors.newFixedThreadPool(20);
    try {
      for (Future<JobId> each : clients.invokeAll(submits)) {
        ids.add(each.get());
      }
    } finally {
      clients.shutdown();
    }
    assertThat(ids).hasSize(40);
    assertThat(jobs()).isEqualTo(40);
  }

  @Test
  void whatWasRefusedForALostAnswerIsFoundByItsKeyAndRunsOnce() {
    registry.losesAnswers = true;
    assertThatThrownBy(() -> node.admission.admit(unadmitted("a"), null))
        .isInstanceOf(FailureException.class);
    registry.losesAnswers = false;
    Accepted again = other.dispatcher.submit(keyed("a", "k"), ANA);
    assertThat(again.replayed()).isTrue();
    assertThat(node.gateway.began).isEmpty();
    node.admission.settleDoubts();
    await().until(() -> node.gateway.began.equals(List.of("a")));
    node.gateway.steps.release();
    await().until(() -> node.status(again.job()) == JobStatus.SUCCEEDED);
    assertThat(node.kept(again.job()).state().heldBy().orElseThrow().attempt()).isEqualTo(1);
  }

  private Job unadmitted(String text) {
    Submission submission = keyed(text, "k");
    return Job.queued(
        JobId.random(),
        "ana",
        submission.call(),
        JobRules.NONE.terms(submission, SteppedGateway.signature("TEXT").name()),
        node.clock.instant());
  }
}
