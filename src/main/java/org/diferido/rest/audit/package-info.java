/** Who did what: a line for each request that changes something, or was not let in. */
@NullMarked
package org.diferido.rest.audit;

import org.jspecify.annotations.NullMarked;
