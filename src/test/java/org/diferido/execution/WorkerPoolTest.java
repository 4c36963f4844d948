package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
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

  @Test
  void aFreeWorkerWaitsAMomentForOthersIfJobsWait() {
    submit(4);
    awaitBegun(4);
    node.lingers = true;
    submit(5);
    assertThat(node.soon).as("nobody is free").hasSize(1);
    end(2, 2);
    node.soon.remove(0).run();
    awaitBegun(6);
    assertThat(node.soon).isEmpty();
    end(1, 1);
    await().until(() -> node.soon.size() == 1);
    end(1, 2);
    assertThat(node.gateway.began).hasSize(6);
    node.gateway.steps.release(1);
    await("three of four are enough").until(() -> node.gateway.began.size() == 9);
    node.soon.remove(0).run();
    end(4, 4);
    assertThat(registry.kept.queued()).isZero();
  }

  @Test
  void whereWorkersAreFreeNobodyWaitsForAnything() {
    node.lingers = true;
    submit(1);
    awaitBegun(1);
    assertThat(node.soon).isEmpty();
  }

  @Test
  void afterLongCallsNobodyWaitsForLong() {
    assertThat(node.pool.linger()).isEqualTo(Duration.ofMillis(20));
    submit(1);
    awaitBegun(1);
    long begin = System.nanoTime();
    // A sixteenth of it is more than what is short.
    await().until(() -> System.nanoTime() - begin > Duration.ofMillis(500).toNanos());
    end(1, 4);
    await().until(() -> node.pool.linger().equals(Duration.ofMillis(1)));
  }

  @Test
  void ifNothingCanBeDoneInAMomentItIsDoneAtOnce() {
    submit(4);
    awaitBegun(4);
    node.soonRefused = true;
    submit(1);
    node.gateway.steps.release(1);
    awaitBegun(5);
  }
}
