package org.diferido.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a job was accepted; they never change.
 *
 * @param procedure the procedure's full name from the dictionary; null for a job of a version that
 *     did not keep it
 * @param labels to search by
 * @param startBefore when it may no longer start, or null
 * @param timeout how long its call may take, or null for as long as it likes
 * @param askedTimeout what of that the caller asked for, or null
 * @param priority 1 goes first, {@value #LAST_PRIORITY} last
 * @param limitGroup the jobs of one group are limited together, or null
 * @param attempts how often it may be run by itself, at least once
 * @param key the caller's key for it, or null
 * @param retryOf the job it was made from by a retry, or null
 */
public record JobTerms(
    @Nullable String procedure,
    Map<String, String> labels,
    @Nullable Instant startBefore,
    @Nullable Duration timeout,
    @Nullable Duration askedTimeout,
    int priority,
    @Nullable String limitGroup,
    int attempts,
    @Nullable SubmitKey key,
    @Nullable JobId retryOf) {

  public static final int FIRST_PRIORITY = 1;
  public static final int USUAL_PRIORITY = 5;
  public static final int LAST_PRIORITY = 9;

  /** Terms without anything special. */
  public static final JobTerms USUAL =
      new JobTerms(null, Map.of(), null, null, null, USUAL_PRIORITY, null, 1, null, null);

  public JobTerms {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    if (priority < FIRST_PRIORITY || priority > LAST_PRIORITY || attempts < 1) {
      throw new IllegalArgumentException("priority " + priority + ", attempts " + attempts);
    }
  }

  /** The usual terms with labels and a latest start. */
  public static JobTerms of(Map<String, String> labels, @Nullable Instant startBefore) {
    return new JobTerms(null, labels, startBefore, null, null, USUAL_PRIORITY, null, 1, null, null);
  }
}
