/** What keeps the registry true and small: recovery of what a dead node left, and retention. */
@NullMarked
package org.diferido.housekeeping;

import org.jspecify.annotations.NullMarked;
