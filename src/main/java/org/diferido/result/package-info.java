/** How values leave: JSON for the answers and for the registry's columns. */
@NullMarked
package org.diferido.result;

import org.jspecify.annotations.NullMarked;
