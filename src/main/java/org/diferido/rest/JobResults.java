package org.diferido.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.job.Job;
import org.diferido.job.JobState;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Rows;
import org.jspecify.annotations.Nullable;

/**
 * What a job gave back that can be had as a file: rows, texts and large values, wherever they are.
 *
 * @param entries in the result's order
 */
record JobResults(Job job, List<Entry> entries) {

  /**
   * A name that can stand in a path as it is, encoded; one of another kind is told by its place.
   */
  private static final Pattern PLAIN = Pattern.compile("(?!\\.{1,2}$)[\\p{L}\\p{N}_.$#~ -]+");

  private static final String PLACE = "@";

  /**
   * One of them.
   *
   * @param place in the result, from 1
   * @param value {@link Rows}, {@link LargeValue} or String
   */
  record Entry(int place, String name, Object value) {

    String segment() {
      return PLAIN.matcher(name).matches()
          ? URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20")
          : PLACE + place;
    }
  }

  /**
   * Those of a job; none of one that did not succeed.
   *
   * @throws org.diferido.failure.FailureException RESULT_NOT_READY
   */
  static JobResults of(Job job) {
    if (!job.status().isEnd()) {
      throw Failure.of(FailureCode.RESULT_NOT_READY).toException();
    }
    List<Entry> entries = new ArrayList<>();
    if (job.state() instanceof JobState.Succeeded succeeded) {
      int place = 0;
      for (Map.Entry<String, @Nullable Object> each : succeeded.result().values().entrySet()) {
        place++;
        Object value = each.getValue();
        if (value != null && isWhole(value)) {
          entries.add(new Entry(place, each.getKey(), value));
        }
      }
    }
    return new JobResults(job, List.copyOf(entries));
  }

  /** Whether all of it is somewhere. Earlier versions kept the first rows only. */
  private static boolean isWhole(Object value) {
    if (value instanceof Rows rows) {
      return rows.stored() != null || !rows.truncated();
    }
    return value instanceof String || (value instanceof LargeValue large && large.stored() != null);
  }

  /** Where all of them are. */
  String path() {
    return JobView.path(job) + "/results";
  }

  String path(Entry entry) {
    return path() + "/" + entry.segment();
  }

  /**
   * The path of what has a name.
   *
   * @param name of one of the entries
   */
  String path(String name) {
    return entries.stream()
        .filter(entry -> entry.name.equals(name))
        .findFirst()
        .map(this::path)
        .orElseGet(this::path);
  }

  /**
   * One by what stands in the path.
   *
   * @throws org.diferido.failure.FailureException RESULT_NOT_FOUND
   */
  Entry find(String asked) {
    return entries.stream()
        .filter(entry -> entry.segment().equals(asked))
        .findFirst()
        .or(() -> entries.stream().filter(entry -> entry.name.equals(asked)).findFirst())
        .orElseThrow(() -> Failure.of(FailureCode.RESULT_NOT_FOUND).toException());
  }
}
