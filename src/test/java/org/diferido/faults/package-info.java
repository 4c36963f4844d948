/**
 * The service under faults: real processes, real kills, a real PostgreSQL. A table that the called
 * procedures write is the witness of what was done, and every job has to say the same. Run by
 * {@code mvn verify -Pfaults}; {@code -Dfaults.seed} repeats a run's choices, not its timing.
 */
package org.diferido.faults;
