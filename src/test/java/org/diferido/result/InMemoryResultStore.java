package org.diferido.result;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;

/** The store's twin without a database: it forgets everything with the process. */
public final class InMemoryResultStore implements ResultStore {

  /** Whether it is out of reach. */
  public volatile boolean away;

  private final Predicate<String> jobs;
  private final Map<String, Header> headers = new LinkedHashMap<>();
  private final Map<String, TreeMap<Integer, Chunk>> chunks = new LinkedHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chunk(Position position, byte[] bytes) {}

  /** For jobs that are never removed. */
  public InMemoryResultStore() {
    this(job -> true);
  }

  /**
   * @param jobs whether there is a job of some id
   */
  public InMemoryResultStore(Predicate<String> jobs) {
    this.jobs = jobs;
  }

  private void refuseIfAway() {
    if (away) {
      throw Failure.of(FailureCode.REGISTRY_UNAVAILABLE).toException();
    }
  }

  @Override
  public synchronized void add(Header of, int number, Position position, byte[] chunk) {
    refuseIfAway();
    if (number == 0 && jobs.test(of.job()) && !headers.containsKey(of.id())) {
      headers.put(of.id(), of);
      chunks.put(of.id(), new TreeMap<>());
    } else if (number == 0 || !headers.containsKey(of.id())) {
      throw Failure.of(FailureCode.INTERNAL_ERROR).toException();
    }
    if (chunks.get(of.id()).putIfAbsent(number, new Chunk(position, chunk.clone())) != null) {
      throw Failure.of(FailureCode.INTERNAL_ERROR).toException();
    }
  }

  private Optional<Chunk> find(String id, int number) {
    refuseIfAway();
    return Optional.ofNullable(chunks.get(id)).map(all -> all.get(number));
  }

  @Override
  public synchronized Optional<byte[]> chunk(String id, int number) {
    return find(id, number).map(chunk -> chunk.bytes().clone());
  }

  @Override
  public synchronized Optional<Position> position(String id, int number) {
    return find(id, number).map(Chunk::position);
  }

  @Override
  public synchronized void remove(Collection<String> ids) {
    refuseIfAway();
    headers.keySet().removeAll(Set.copyOf(ids));
    chunks.keySet().removeAll(Set.copyOf(ids));
  }

  @Override
  public synchronized void removeOf(String job, int upToAttempt) {
    remove(ids(header -> header.job().equals(job) && header.attempt() <= upToAttempt));
  }

  @Override
  public synchronized int removeForgotten() {
    List<String> forgotten = ids(header -> !jobs.test(header.job()));
    remove(forgotten);
    return forgotten.size();
  }

  private List<String> ids(Predicate<Header> condition) {
    return headers.values().stream().filter(condition).map(Header::id).toList();
  }

  /** The names of all results, in the order in which they were begun. */
  public synchronized List<String> names() {
    return headers.values().stream().map(Header::name).toList();
  }
}
