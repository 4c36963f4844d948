/** What MicroProfile Health is told. */
@NullMarked
package org.diferido.rest.health;

import org.jspecify.annotations.NullMarked;
