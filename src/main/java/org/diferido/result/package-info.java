/**
 * What calls give back: as JSON for the answers and the registry, and how what is large is kept.
 */
@NullMarked
package org.diferido.result;

import org.jspecify.annotations.NullMarked;
