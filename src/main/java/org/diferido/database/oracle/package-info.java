/** Oracle Database, through its own driver, which the server has and this application does not. */
@NullMarked
package org.diferido.database.oracle;

import org.jspecify.annotations.NullMarked;
