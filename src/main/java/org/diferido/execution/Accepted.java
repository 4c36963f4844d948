package org.diferido.execution;

import org.diferido.job.Job;

/**
 * A submit's job.
 *
 * @param replayed whether an earlier submit with the same key has made it
 */
public record Accepted(Job job, boolean replayed) {}
