package org.diferido.execution;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diferido.procedure.ProcedureCall;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants done in the background.
 *
 * @param labels to search by
 * @param startBefore when it may no longer start, or null
 */
public record Submission(
    ProcedureCall call, Map<String, String> labels, @Nullable Instant startBefore) {

  public Submission {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
