package org.diferido.execution;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a procedure's calls are run today.
 *
 * @param priority 1 goes first, 9 last
 * @param timeout how long a call may take when its caller does not say, or null for as long as it
 *     likes
 * @param longest how long it may take at most, or null likewise
 * @param attempts how often it is run by itself, the first run included
 */
public record CallRules(
    int priority, @Nullable Duration timeout, @Nullable Duration longest, int attempts) {}
