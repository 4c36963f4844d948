package org.diferido.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * When operations begin. In a closed loop each thread begins the next when it has done one. In an
 * open loop they are due at a fixed rate, and a duration counts from when its operation was due:
 * while the other side stalls, those that are due meanwhile wait as long as they would.
 *
 * @param threads that perform operations, each on a connection of its own
 * @param seconds that count
 * @param warmUp seconds before them, which do not
 * @param rate operations in a second; 0 for a closed loop
 * @param most operations in all, for a closed loop that is to make a number of things
 */
record Pace(int threads, double seconds, double warmUp, double rate, long most) {

  private static final long SECOND = 1_000_000_000L;

  /** On one connection. */
  interface Operation extends AutoCloseable {

    /**
     * Performs it.
     *
     * @param number of this operation, that no other one has
     * @return what came of it, such as a status of HTTP
     */
    int perform(long number) throws Exception;

    @Override
    void close() throws Exception;
  }

  /** Makes the operation of a thread. */
  interface Operations {
    Operation open(int thread) throws Exception;
  }

  static Pace of(Arguments arguments) {
    return new Pace(
        arguments.number("connections"),
        arguments.decimal("seconds", 1e6),
        arguments.decimal("warmup", 0),
        arguments.decimal("rate", 0),
        (long) arguments.decimal("most", 1e15));
  }

  /** Performs them, and gives back what was measured as JSON. */
  String run(Operations operations) throws Exception {
    CountDownLatch opened = new CountDownLatch(threads);
    CountDownLatch begin = new CountDownLatch(1);
    Clocked clocked = new Clocked(opened, begin);
    List<Recording> recordings = new ArrayList<>();
    List<Thread> all = new ArrayList<>();
    for (int at = 0; at < threads; at++) {
      int number = at;
      Recording own = new Recording();
      recordings.add(own);
      Thread thread = new Thread(() -> clocked.work(operations, number, own));
      all.add(thread);
      thread.start();
    }
    opened.await();
    clocked.start = System.nanoTime() + (long) (warmUp * SECOND);
    begin.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    double took = (clocked.last.get() - clocked.start) / (double) SECOND;
    Recording whole = new Recording();
    recordings.forEach(whole::addAll);
    return whole.json(most < (long) 1e15 ? took : seconds);
  }

  /** One run of it. */
  private final class Clocked {

    private final CountDownLatch opened;
    private final CountDownLatch begin;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

    /** When what counts begins; written before {@link #begin} opens. */
    private volatile long start;

    Clocked(CountDownLatch opened, CountDownLatch begin) {
      this.opened = opened;
      this.begin = begin;
    }

    void work(Operations operations, int thread, Recording own) {
      try (Operation operation = operations.open(thread)) {
        opened.countDown();
        begin.await();
        while (step(operation, own)) {
          // until it is over
        }
      } catch (Exception e) {
        opened.countDown();
        own.addError();
        System.err.println("thread " + thread + ": " + e);
      }
    }

    private boolean step(Operation operation, Recording own) throws Exception {
      long number = numbers.getAndIncrement();
      long due = rate > 0 ? due(number) : System.nanoTime();
      if (number >= most || due - start >= (long) (seconds * SECOND)) {
        return false;
      }
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      int status = operation.perform(number);
      long done = System.nanoTime();
      last.accumulateAndGet(done, Math::max);
      // In a closed loop what counts is what is done in time; in an open one what was due in time.
      if (due >= start && (rate > 0 || done - start <= (long) (seconds * SECOND))) {
        own.add(status, done - due);
      }
      return true;
    }

    private long due(long number) {
      return start - (long) (warmUp * SECOND) + (long) (number / rate * SECOND);
    }
  }
}
