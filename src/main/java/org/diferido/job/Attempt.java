package org.diferido.job;

import java.time.Instant;
import org.diferido.failure.Failure;

/**
 * A run of a job that failed and was followed by another one.
 *
 * @param claim who ran it, and since when
 * @param endedAt when that was over
 * @param failure why
 */
public record Attempt(JobState.Claim claim, Instant endedAt, Failure failure) {}
