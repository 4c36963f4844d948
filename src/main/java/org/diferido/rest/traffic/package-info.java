/** Requests as they are counted: by the template of their path, never by the path itself. */
@NullMarked
package org.diferido.rest.traffic;

import org.jspecify.annotations.NullMarked;
