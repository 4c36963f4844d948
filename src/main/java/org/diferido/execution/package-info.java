/** From an accepted call to its end: dispatching, workers, the calls running on this node. */
@NullMarked
package org.diferido.execution;

import org.jspecify.annotations.NullMarked;
