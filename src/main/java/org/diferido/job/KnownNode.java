package org.diferido.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node as the registry knows it, by the registry's own clock.
 *
 * @param startedAt its first beat
 * @param lastBeat its last one
 * @param alive whether that is not too long ago
 * @param figures what it told with its last beat; null when it never told anything
 */
public record KnownNode(
    String name,
    Instant startedAt,
    Instant lastBeat,
    boolean alive,
    @Nullable NodeFigures figures) {}
