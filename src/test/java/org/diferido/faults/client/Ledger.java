package org.diferido.faults.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What all clients were answered, kept outside the service, for the judge. */
public final class Ledger {

  private final Map<String, Submitted> submitted = new ConcurrentHashMap<>();
  private final List<Submitted> accepted = new ArrayList<>();
  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> samples = new ConcurrentHashMap<>();
  private final Collection<String> wrongs = new ConcurrentLinkedQueue<>();

  /** The page of a piece of work, which is one however often it is submitted. */
  public Submitted begin(Work work) {
    return submitted.computeIfAbsent(work.key(), key -> new Submitted(work));
  }

  void accepted(Submitted what, String job) {
    what.accepted(job);
    synchronized (accepted) {
      accepted.add(what);
    }
  }

  /** One of those that have a job. */
  Submitted any(Random random) {
    synchronized (accepted) {
      return accepted.get(random.nextInt(accepted.size()));
    }
  }

  /** Counts an answer of one kind. */
  public void count(String answer) {
    answers.computeIfAbsent(answer, key -> new LongAdder()).increment();
  }

  /** Keeps what an answer says that is not the service's. */
  void sample(String text) {
    samples.computeIfAbsent(text, key -> new LongAdder()).increment();
  }

  /** An answer of the service that is wrong by itself, whatever comes later. */
  void wrong(String what) {
    wrongs.add(what);
  }

  public Collection<Submitted> all() {
    return List.copyOf(submitted.values());
  }

  /** How often each kind of answer came. */
  public Map<String, Long> answers() {
    return sums(answers);
  }

  /** What the answers say that are not the service's, and how often. */
  public Map<String, Long> samples() {
    return sums(samples);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counted) {
    Map<String, Long> sums = new TreeMap<>();
    counted.forEach((what, times) -> sums.put(what, times.sum()));
    return sums;
  }

  public Collection<String> wrongs() {
    return List.copyOf(wrongs);
  }
}
