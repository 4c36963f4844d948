package org.diferido.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one procedure that are queued.
 *
 * @param procedure its full name from the dictionary; null for jobs of a version that did not keep
 *     it
 * @param jobs how many, at least one
 * @param since when the first of them was accepted, or, if it has run before, may run again
 */
public record WaitingJobs(@Nullable String procedure, long jobs, Instant since) {}
