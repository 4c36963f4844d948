package org.diferido.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diferido.job.JobId;
import org.diferido.job.SubmitKey;
import org.diferido.procedure.ProcedureCall;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants done in the background.
 *
 * @param labels to search by
 * @param startBefore when it may no longer start, or null
 * @param timeout how long its call may take, or null
 * @param key the caller's key for it, or null
 * @param retryOf the job it repeats, or null
 */
public record Submission(
    ProcedureCall call,
    Map<String, String> labels,
    @Nullable Instant startBefore,
    @Nullable Duration timeout,
    @Nullable SubmitKey key,
    @Nullable JobId retryOf) {

  public Submission {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** One on the usual terms. */
  public Submission(ProcedureCall call, Map<String, String> labels, @Nullable Instant startBefore) {
    this(call, labels, startBefore, null, null, null);
  }

  /** This one, known again by a key. */
  public Submission withKey(@Nullable SubmitKey other) {
    return new Submission(call, labels, startBefore, timeout, other, retryOf);
  }
}
