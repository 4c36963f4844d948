package org.diferido.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the registry says, at one moment, that a node has to know beside its own doing.
 *
 * @param holds the jobs that the node holds
 * @param removals grows whenever jobs are removed, by whichever node
 */
public record NodeNews(List<Hold> holds, long removals) {

  public NodeNews {
    holds = List.copyOf(holds);
  }

  /**
   * A job that the node holds.
   *
   * @param attempt of its claim
   * @param stop that it was asked to stop, or null
   */
  public record Hold(JobId id, int attempt, @Nullable Stop stop) {}
}
