/** Oracle: the registry's SQL. */
@NullMarked
package org.diferido.database.oracle;

import org.jspecify.annotations.NullMarked;
