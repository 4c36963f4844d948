/**
 * What is counted and measured, for Prometheus: the one room that knows Micrometer. What it hears
 * is told on the threads that do the work, so each telling is an addition or two, without a lock
 * that anybody shares.
 */
@NullMarked
package org.diferido.metrics;

import org.jspecify.annotations.NullMarked;
