/** The HTTP edge: resources, wire forms, problem+json. */
@NullMarked
package org.diferido.rest;

import org.jspecify.annotations.NullMarked;
