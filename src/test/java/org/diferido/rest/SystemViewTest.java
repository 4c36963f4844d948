package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.diferido.execution.SystemState;
import org.diferido.execution.SystemState.BusyNode;
import org.diferido.execution.SystemState.Kind;
import org.diferido.execution.SystemState.Limit;
import org.diferido.job.EndedMinute;
import org.diferido.job.JobStatus;
import org.diferido.job.KnownNode;
import org.diferido.job.NodeFigures;
import org.diferido.job.NodeFigures.Refused;
import org.diferido.job.WaitTimes;
import org.junit.jupiter.api.Test;

class SystemViewTest {

  private static final Instant NOW = Instant.parse("2025-12-10T14:30:00Z");
  private static final NodeFigures FIGURES =
      new NodeFigures(10, false, 3, "1.0.0", Refused.NOTHING);
  private static final NodeFigures DRAINING =
      new NodeFigures(10, true, 1, "1.0.0", Refused.NOTHING);

  private static JsonObject node(boolean alive, NodeFigures figures) {
    KnownNode node = new KnownNode("n", NOW.minusSeconds(60), NOW, alive, figures);
    return SystemView.of(
            new SystemState(List.of(new BusyNode(node, 2)), 0, 5, null, List.of(), 0, List.of()))
        .getJsonArray("nodes")
        .getJsonObject(0);
  }

  @Test
  void aNodeIsActiveDrainingOrDead() {
    assertThat(node(true, FIGURES).toString())
        .isEqualTo(
            "{\"name\":\"n\",\"state\":\"active\",\"busy\":2,\"heartbeat_at\":\"2025-12-10T14:30:00Z\","
                + "\"started_at\":\"2025-12-10T14:29:00Z\",\"workers\":10,\"version\":\"1.0.0\",\"connections\":3}");
    assertThat(node(true, DRAINING).getString("state")).isEqualTo("draining");
    assertThat(node(false, DRAINING).getString("state")).isEqualTo("dead");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(node(true, null)).doesNotContainKeys("workers", "version", "connections");
    assertThat(node(true, null).getString("state")).isEqualTo("active");
    assertThat(node(false, FIGURES)).containsKey("workers").doesNotContainKey("connections");
  }

  @Test
  void theRestHasTheMembersThatTheConsoleReads() {
    EndedMinute minute =
        new EndedMinute(
            NOW,
            Map.of(
                JobStatus.SUCCEEDED, 4L,
                JobStatus.FAILED, 1L,
                JobStatus.TIMED_OUT, 1L,
                JobStatus.EXPIRED, 1L,
                JobStatus.LOST, 1L,
                JobStatus.CANCELLED, 9L),
            new WaitTimes(Map.of(0, 2L)));
    SystemState state =
        new SystemState(
            List.of(),
            12,
            100,
            Duration.ofMillis(42_900),
            List.of(
                new Limit(Kind.QUEUE, null, 12, 100, 3L), new Limit(Kind.OWNER, "ana", 1, 4, null)),
            7,
            List.of(EndedMinute.quiet(NOW.minusSeconds(60)), minute));
    assertThat(SystemView.of(state).toString())
        .isEqualTo(
            "{\"nodes\":[],\"queue\":{\"queued\":12,\"capacity\":100,\"oldest_seconds\":42},"
                + "\"limits\":[{\"kind\":\"queue\",\"used\":12,\"max\":100,\"refused\":3},"
                + "{\"kind\":\"owner\",\"name\":\"ana\",\"used\":1,\"max\":4}],\"refused\":7,"
                + "\"minutes\":[{\"at\":\"2025-12-10T14:29:00Z\",\"succeeded\":0,\"problems\":0},"
                + "{\"at\":\"2025-12-10T14:30:00Z\",\"succeeded\":4,\"problems\":4,\"wait_p50_ms\":5,\"wait_p95_ms\":10}]}");
  }
}
