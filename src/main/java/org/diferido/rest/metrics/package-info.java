/** The way out of what is counted and measured. */
@NullMarked
package org.diferido.rest.metrics;

import org.jspecify.annotations.NullMarked;
