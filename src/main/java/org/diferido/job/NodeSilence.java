package org.diferido.job;

import java.time.Duration;

/**
 * When a node counts as dead.
 *
 * @param longest after how long without a beat ({@code diferido.node.silence})
 */
public record NodeSilence(Duration longest) {}
