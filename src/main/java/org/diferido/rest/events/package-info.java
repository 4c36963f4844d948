/** Jobs as a stream of events: Server-Sent Events, without a thread for who listens. */
@NullMarked
package org.diferido.rest.events;

import org.jspecify.annotations.NullMarked;
