/** The files of pages for a browser. */
@NullMarked
package org.diferido.rest.ui;

import org.jspecify.annotations.NullMarked;
