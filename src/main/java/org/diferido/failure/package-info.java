/**
 * The one form of a failure that is logged, stored and sent, and the texts that tell it to people.
 */
@NullMarked
package org.diferido.failure;

import org.jspecify.annotations.NullMarked;
