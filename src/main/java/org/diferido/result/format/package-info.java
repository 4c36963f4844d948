/** How rows are written into files. */
@NullMarked
package org.diferido.result.format;

import org.jspecify.annotations.NullMarked;
