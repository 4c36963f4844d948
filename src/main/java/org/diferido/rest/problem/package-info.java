/** Every error of this service in one form: application/problem+json, RFC 9457. */
@NullMarked
package org.diferido.rest.problem;

import org.jspecify.annotations.NullMarked;
