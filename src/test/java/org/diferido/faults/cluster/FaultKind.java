package org.diferido.faults.cluster;

/** What can happen to a node or to a database. */
public enum FaultKind {
  /** {@code kill -9}, and started again. */
  KILL(Target.NODE),
  /** SIGTERM, and started again. */
  ORDERLY_STOP(Target.NODE),
  /** Paused for longer than a node may be silent: the other one judges it, and it wakes up. */
  LONG_PAUSE(Target.NODE),
  /** Paused for less than that. */
  SHORT_PAUSE(Target.NODE),
  /** Stopped with all sessions ended, and started again. */
  FAST_RESTART(Target.DATABASE),
  /** Stopped without a word, and started again with a recovery. */
  IMMEDIATE_RESTART(Target.DATABASE),
  /** Away for about a minute. */
  AWAY(Target.DATABASE),
  /** The registry refuses every write as if its disk were full; see {@link Refusals}. */
  NO_SPACE(Target.DATABASE);

  /** To what it happens. */
  public enum Target {
    NODE,
    DATABASE
  }

  private final Target target;

  FaultKind(Target target) {
    this.target = target;
  }

  public Target target() {
    return target;
  }
}
