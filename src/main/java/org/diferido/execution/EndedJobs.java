package org.diferido.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobState;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureResult.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Ended jobs that were read from the registry not long ago, in bounded memory. They never change;
 * they may only be removed, and who removes them has to say so here.
 */
final class EndedJobs {

  /** So long at most, should somebody change the table by hand. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** Characters in all, and of one job. */
  private static final int MOST = 8_000_000;

  private static final int MOST_OF_ONE = MOST / 8;

  /** What they are beside their texts, roughly. */
  private static final int OF_A_JOB = 1000;

  private static final long OF_A_VALUE = 20;

  /** The one that was longest not asked for is the first. */
  private final LinkedHashMap<JobId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private int characters;
  private long generation;

  private record Entry(Job job, Instant until, int characters) {}

  /** Changes whenever something is forgotten because it was removed. */
  synchronized long generation() {
    return generation;
  }

  synchronized @Nullable Job find(JobId id, Instant now) {
    Entry entry = entries.get(id);
    return entry != null && now.isBefore(entry.until) ? entry.job : null;
  }

  /**
   * Remembers an ended job.
   *
   * @param since the generation before it was read: what was read before a removal is not kept
   */
  synchronized void add(Job job, long since, Instant now) {
    int size = size(job);
    if (since != generation || size > MOST_OF_ONE) {
      return;
    }
    remove(job.id());
    entries.put(job.id(), new Entry(job, now.plus(KEPT), size));
    characters += size;
    while (characters > MOST) {
      remove(entries.keySet().iterator().next());
    }
  }

  synchronized void forget(JobId id) {
    generation++;
    remove(id);
  }

  synchronized void forgetAll() {
    generation++;
    entries.clear();
    characters = 0;
  }

  private void remove(JobId id) {
    Entry entry = entries.remove(id);
    if (entry != null) {
      characters -= entry.characters;
    }
  }

  private static int size(Job job) {
    long size = OF_A_JOB;
    for (Argument argument : job.call().arguments()) {
      size += size(argument.value());
    }
    size += size(job.log()) + size(job.history()) + size(job.state().failed().orElse(null));
    size += size(job.terms()) + size(job.state().lastProgress());
    if (job.state() instanceof JobState.Succeeded succeeded) {
      size += size(List.copyOf(succeeded.result().values().keySet()));
      for (Object value : succeeded.result().values().values()) {
        size += size(value);
      }
    }
    return (int) Math.min(Integer.MAX_VALUE, size);
  }

  private static long size(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return OF_A_VALUE + list.stream().mapToLong(EndedJobs::size).sum();
    }
    if (value instanceof Rows rows) {
      return size(rows.columns()) + size(rows.rows());
    }
    return OF_A_VALUE + (value == null ? 0 : value.toString().length());
  }
}
