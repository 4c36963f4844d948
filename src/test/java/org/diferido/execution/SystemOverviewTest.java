package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.diferido.HandClock;
import org.diferido.TestConfig;
import org.diferido.execution.SystemState.Kind;
import org.diferido.execution.SystemState.Limit;
import org.diferido.job.InMemoryJobRegistry;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.job.KnownNode;
import org.diferido.job.NodeFigures;
import org.diferido.job.NodeFigures.Refused;
import org.diferido.job.NodeSilence;
import org.diferido.job.SampleJobs;
import org.junit.jupiter.api.Test;

class SystemOverviewTest {

  private final HandClock clock = new HandClock(SampleJobs.NOW);
  private final JobRegistry registry = new InMemoryJobRegistry(clock);

  private SystemState look(String... settings) {
    return new SystemOverview(
            registry,
            ServiceSettings.from(TestConfig.of(settings)),
            new NodeSilence(Duration.ofSeconds(30)),
            clock)
        .look();
  }

  private void running(String node, String owner, String group) {
    Job job = SampleJobs.with(owner, SampleJobs.CALL, 5, group, 1, null);
    registry.add(job.claimedBy(node, clock.instant()));
  }

  private static NodeFigures figures(long refused, long queueFull) {
    return new NodeFigures(10, false, 1, "1.0.0", new Refused(refused, queueFull));
  }

  @Test
  void whereNothingIsThereIsTheQueueAndTheHour() {
    SystemState state = look("diferido.queue.capacity", "50");
    assertThat(state.nodes()).isEmpty();
    assertThat(state.queued()).isZero();
    assertThat(state.oldest()).isNull();
    assertThat(state.limits()).containsExactly(new Limit(Kind.QUEUE, null, 0, 50, 0L));
    assertThat(state.minutes()).hasSize(60);
  }

  @Test
  void eachNodeHasWhatItHoldsAndOnlyTheLivingTellWhatTheyRefused() {
    registry.beat("dead", figures(100, 100));
    clock.advance(Duration.ofMinutes(1));
    registry.beat("a", figures(5, 2));
    registry.beat("b", figures(3, 0));
    registry.beat("silent");
    running("a", "ana", null);
    running("a", "bea", null);
    running("dead", "ana", null);
    SystemState state = look();
    assertThat(state.nodes())
        .extracting(each -> each.node().name(), each -> each.busy(), each -> each.node().alive())
        .containsExactly(
            tuple("a", 2L, true),
            tuple("b", 0L, true),
            tuple("dead", 1L, false),
            tuple("silent", 0L, true));
    assertThat(state.nodes().get(0).node()).extracting(KnownNode::figures).isEqualTo(figures(5, 2));
    assertThat(state.refused()).isEqualTo(8);
    assertThat(state.limits().get(0).refused()).isEqualTo(2);
  }

  @Test
  void whatHasWaitedLongestIsTold() {
    registry.add(SampleJobs.queued("ana"));
    clock.advance(Duration.ofSeconds(40));
    registry.add(SampleJobs.of("bea", "P", "APP.P", Map.of(), clock.instant()));
    clock.advance(Duration.ofSeconds(2));
    SystemState state = look();
    assertThat(state.queued()).isEqualTo(2);
    assertThat(state.oldest()).isEqualTo(Duration.ofSeconds(42));
  }

  @Test
  void limitsOfAllNodesTogetherAreToldWithTheirUse() {
    running("a", "ana", "PKG_ETL.*");
    running("b", "ana", "PKG_ETL.*");
    running("b", "bea", null);
    SystemState state =
        look(
            "diferido.limit.caller", "4",
            "diferido.limit.procedures", "PKG_REP.*=3;PKG_ETL.*=2");
    assertThat(state.limits().subList(1, state.limits().size()))
        .containsExactly(
            new Limit(Kind.OWNER, "ana", 2, 4, null),
            new Limit(Kind.OWNER, "bea", 1, 4, null),
            new Limit(Kind.PROCEDURE, "PKG_ETL.*", 2, 2, null),
            new Limit(Kind.PROCEDURE, "PKG_REP.*", 0, 3, null));
  }

  @Test
  void ofManyCallersOnlyThoseWithTheMostAreTold() {
    for (int at = 0; at < 12; at++) {
      for (int job = 0; job <= at; job++) {
        running("a", "persona." + at, null);
      }
    }
    List<Limit> owners =
        look("diferido.limit.caller", "100").limits().stream()
            .filter(limit -> limit.kind() == Kind.OWNER)
            .toList();
    assertThat(owners).hasSize(10);
    assertThat(owners.get(0).name()).isEqualTo("persona.11");
    assertThat(owners.get(9).name()).isEqualTo("persona.2");
  }

  @Test
  void whatEndedIsInItsMinute() {
    registry.add(SampleJobs.running().succeeded(SampleJobs.RESULT, SampleJobs.NOW));
    assertThat(look().minutes().get(59).count(JobStatus.SUCCEEDED)).isEqualTo(1);
  }
}
