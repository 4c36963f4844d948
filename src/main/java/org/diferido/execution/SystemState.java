package org.diferido.execution;

import java.time.Duration;
import java.util.List;
import org.diferido.job.EndedMinute;
import org.diferido.job.KnownNode;
import org.jspecify.annotations.Nullable;

/**
 * How all nodes do together.
 *
 * @param nodes those that are alive or were not long ago, by their names
 * @param queued how many jobs wait
 * @param capacity how many may
 * @param oldest for how long the one that has waited longest could have been started; null when
 *     none waits
 * @param limits those that are in use
 * @param refused how many requests the nodes that are alive refused in the last hour, since some
 *     limit was reached
 * @param minutes of the last hour, oldest first
 */
public record SystemState(
    List<BusyNode> nodes,
    long queued,
    int capacity,
    @Nullable Duration oldest,
    List<Limit> limits,
    long refused,
    List<EndedMinute> minutes) {

  public SystemState {
    nodes = List.copyOf(nodes);
    limits = List.copyOf(limits);
    minutes = List.copyOf(minutes);
  }

  /**
   * A node, and how many jobs it holds.
   *
   * @param busy as the registry has it
   */
  public record BusyNode(KnownNode node, long busy) {}

  /** What is limited. */
  public enum Kind {
    /** Jobs that wait. */
    QUEUE,
    /** Jobs of one caller that run. */
    OWNER,
    /** Jobs that run of the procedures of one pattern. */
    PROCEDURE
  }

  /**
   * A limit that holds for all nodes together.
   *
   * @param name of whom or of what; null for the whole queue
   * @param used how many there are
   * @param most how many there may be
   * @param refused requests that were refused for it in the last hour; null for one that has jobs
   *     wait and refuses nothing
   */
  public record Limit(
      Kind kind, @Nullable String name, long used, long most, @Nullable Long refused) {}
}
