package org.diferido.faults.client;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the clients asked for one piece of work, and what they were answered. */
public final class Submitted {

  private final Work work;
  private final Set<String> jobs = ConcurrentHashMap.newKeySet();
  private final Map<String, String> ends = new ConcurrentHashMap<>();
  private volatile boolean cancelAsked;

  Submitted(Work work) {
    this.work = work;
  }

  public Work work() {
    return work;
  }

  /** The ids of its jobs that were answered with 202; more than one is a fault of the service. */
  public Set<String> jobs() {
    return Set.copyOf(jobs);
  }

  /** The first end that was read of each of its jobs, if one was. */
  public Map<String, String> ends() {
    return Map.copyOf(ends);
  }

  /** Whether a client has asked, or may have asked, for a cancel. */
  public boolean isCancelAsked() {
    return cancelAsked;
  }

  void accepted(String job) {
    jobs.add(job);
  }

  void ended(String job, String state) {
    ends.putIfAbsent(job, state);
  }

  void cancelAsked() {
    cancelAsked = true;
  }
}
