package org.diferido.job;

import org.jspecify.annotations.Nullable;

/**
 * How many jobs a node holds.
 *
 * @param owner whose
 * @param group of which {@link JobTerms#limitGroup()}, or null
 * @param jobs at least one
 */
public record HeldJobs(String node, String owner, @Nullable String group, long jobs) {}
