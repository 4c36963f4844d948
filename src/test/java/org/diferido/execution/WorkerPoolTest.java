package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When workers that have become free take what waits. */
class WorkerPoolTest {

  private final UnsteadyRegistry registry = new UnsteadyRegistry();
  private final SteppedNode node =
      new SteppedNode("node-a", registry, SteppedNode.settings(4, JobRules.NONE));

  @AfterEach
  void letAllGo() {
    node.close();
  }

  private void submit(int jobs) {
    for (int at = 0; at < jobs; at++) {
      node.submit("job");
    }
  }

  private void awaitBegun(int jobs) {
    await().until(() -> node.gateway.began.size() == jobs);
  }

  /** Lets calls end, and waits until their workers are free. */
  private void end(int calls, int free) {
    node.gateway.steps.release(calls);
    await().until(() -> node.pool.freeWorkers() == free);
  }

  private void awaitWaiting(int threads) {
    await().until(() -> node.waiting.get() == threads);
  }

  @Test
  void aFreeWorkerWaitsAMomentForOthersIfJobsWait() {
    submit(4);
    awaitBegun(4);
    node.lingers = true;
    submit(5);
    awaitWaiting(1);
    end(2, 2);
    assertThat(node.waiting).as("one waits for all").hasValue(1);
    node.moments.release();
    awaitBegun(6);
    awaitWaiting(0);
    end(1, 1);
    awaitWaiting(1);
    end(1, 2);
    assertThat(node.gateway.began).hasSize(6);
    node.gateway.steps.release(1);
    await("three of four are enough").until(() -> node.gateway.began.size() == 9);
    node.moments.release();
    awaitWaiting(0);
    end(4, 4);
    assertThat(registry.kept.queued()).isZero();
  }

  @Test
  void whereWorkersAreFreeNobodyWaitsForAnything() {
    node.lingers = true;
    submit(1);
    awaitBegun(1);
    assertThat(node.waiting).hasValue(0);
  }

  @Test
  void whoHandsInAJobDoesNotWaitForAnything() {
    submit(4);
    awaitBegun(4);
    node.lingers = true;
    submit(1);
    awaitWaiting(1);
    assertThat(registry.kept.queued()).isEqualTo(1);
  }

  /** A claim that began before a worker was free, and found more than it could take. */
  @Test
  void aWorkerThatIsFreeWhileSomebodyClaimsIsNotForgotten() throws Exception {
    submit(4);
    awaitBegun(4);
    submit(3);
    CountDownLatch claiming = new CountDownLatch(1);
    CountDownLatch freed = new CountDownLatch(1);
    registry.beforeClaim =
        () -> {
          claiming.countDown();
          await().until(() -> freed.getCount() == 0);
        };
    node.gateway.steps.release(1);
    assertThat(claiming.await(10, TimeUnit.SECONDS)).isTrue();
    node.gateway.steps.release(1);
    await().until(() -> node.pool.freeWorkers() == 1);
    registry.beforeClaim = () -> {};
    freed.countDown();
    awaitBegun(6);
  }

  @Test
  void ifNobodyCanWaitJobsAreClaimedAtOnce() {
    submit(4);
    awaitBegun(4);
    node.refusal = new RejectedExecutionException("no thread");
    submit(1);
    node.refusal = null;
    node.gateway.steps.release(1);
    awaitBegun(5);
  }
}
