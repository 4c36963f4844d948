/** What a caller may run, and how it is asked for. */
@NullMarked
package org.diferido.rest.catalogue;

import org.jspecify.annotations.NullMarked;
