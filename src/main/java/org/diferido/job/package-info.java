/** A call in the background: its states, the moves between them, and the port that keeps it. */
@NullMarked
package org.diferido.job;

import org.jspecify.annotations.NullMarked;
