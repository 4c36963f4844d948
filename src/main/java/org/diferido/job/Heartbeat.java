package org.diferido.job;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The beats of this node, and what they tell of the registry: whether it has taken all of them at
 * once for some time, and so could have taken those of the other nodes as well.
 */
public final class Heartbeat {

  /** Beats are closer together by themselves. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(15);

  /**
   * After so long an answer tells of a registry that was mute: what others have told it may still
   * be on its way.
   */
  public static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

  private final JobRegistry registry;
  private final Node node;
  private final SteadyClock clock;

  /** Since when beats have come through at once and without a gap; null before the first. */
  private @Nullable Duration steadySince;

  private @Nullable Duration last;

  private volatile boolean left;

  public Heartbeat(JobRegistry registry, Node node, SteadyClock clock) {
    this.registry = registry;
    this.node = node;
    this.clock = clock;
  }

  /**
   * Beats once, unless the node has left: a beat that comes late would have it look alive.
   *
   * @throws org.diferido.failure.FailureException REGISTRY_UNAVAILABLE
   */
  public void beat() {
    if (left) {
      return;
    }
    Duration asked = clock.reading();
    registry.beat(node.name());
    came(asked);
  }

  private synchronized void came(Duration asked) {
    Duration now = clock.reading();
    boolean gap = last == null || now.compareTo(last.plus(LONGEST_GAP)) >= 0;
    if (gap || steadySince == null || now.compareTo(asked.plus(LONGEST_ANSWER)) >= 0) {
      steadySince = now;
    }
    last = now;
  }

  /**
   * Tells the others that this node is no more.
   *
   * @throws org.diferido.failure.FailureException REGISTRY_UNAVAILABLE
   */
  public void leave() {
    left = true;
    registry.leave(node.name());
  }

  /** For how long beats have come through at once and without a gap; zero when they do not. */
  public synchronized Duration steady() {
    Duration now = clock.reading();
    return steadySince == null || last == null || now.compareTo(last.plus(LONGEST_GAP)) >= 0
        ? Duration.ZERO
        : now.minus(steadySince);
  }

  /** The registry took too long for something else that it was asked. */
  public synchronized void doubt() {
    steadySince = null;
  }

  /** How long ago the last beat came through; nothing before the first. */
  public synchronized Optional<Duration> age() {
    return Optional.ofNullable(last).map(beat -> clock.reading().minus(beat));
  }

  /** Whether this node has beaten within some time. */
  public synchronized boolean isWithin(Duration time) {
    return last != null && clock.reading().compareTo(last.plus(time)) < 0;
  }
}
