/** The embedded demo: procedures to try and an issuer of tokens; inert unless demo mode is on. */
@NullMarked
package org.diferido.demo;

import org.jspecify.annotations.NullMarked;
