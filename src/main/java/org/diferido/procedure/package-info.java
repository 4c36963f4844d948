/**
 * What can be called: names, signatures, the checked call, its result, and the port to the
 * database.
 */
@NullMarked
package org.diferido.procedure;

import org.jspecify.annotations.NullMarked;
