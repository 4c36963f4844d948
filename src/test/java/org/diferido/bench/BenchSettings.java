package org.diferido.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How long the bench measures, from system properties that the command gives.
 *
 * @param seconds of each phase ({@code bench.seconds})
 * @param repetitions of each phase that is a bar's ({@code bench.repetitions})
 * @param growth ended jobs in the registry, ascending ({@code bench.growth})
 * @param running procedures that run meanwhile ({@code bench.running}); none, and that part is left
 *     out
 * @param heapJobs jobs over which the heap has to be flat ({@code bench.heap.jobs})
 * @param waitingJobs jobs that wait when the heap is looked at ({@code bench.waiting.jobs})
 * @param idleSeconds that nobody asks for anything ({@code bench.idle.seconds})
 * @param warmUpJobs of each round of a service that has just started ({@code bench.warmup.jobs}): a
 *     number and no time, since what is not compiled yet takes ten times as long
 */
record BenchSettings(
    double seconds,
    int repetitions,
    List<Integer> growth,
    List<Integer> running,
    int heapJobs,
    int waitingJobs,
    int idleSeconds,
    int warmUpJobs) {

  /** From here on a run counts, and its parts that need their time are whole. */
  private static final double WHOLE = 10;

  static BenchSettings given() {
    double seconds = Double.parseDouble(System.getProperty("bench.seconds", "10"));
    boolean whole = seconds >= WHOLE;
    return new BenchSettings(
        seconds,
        Integer.getInteger("bench.repetitions", 3),
        numbers("bench.growth", "0"),
        numbers("bench.running", ""),
        Integer.getInteger("bench.heap.jobs", whole ? 100_000 : 1000),
        Integer.getInteger("bench.waiting.jobs", whole ? 10_000 : 300),
        Integer.getInteger("bench.idle.seconds", whole ? 60 : 10),
        Integer.getInteger("bench.warmup.jobs", whole ? 5000 : 500));
  }

  /** Before each phase, so that what is measured is neither started nor compiled meanwhile. */
  double warmUp() {
    return Math.min(3, seconds / 2);
  }

  private static List<Integer> numbers(String property, String otherwise) {
    return Arrays.stream(System.getProperty(property, otherwise).split(","))
        .filter(text -> !text.isBlank())
        .map(text -> Integer.valueOf(text.strip()))
        .sorted()
        .toList();
  }
}
