/** PostgreSQL, through its own driver, which the server has and this application does not. */
@NullMarked
package org.diferido.database.postgresql;

import org.jspecify.annotations.NullMarked;
