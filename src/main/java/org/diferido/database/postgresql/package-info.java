/** PostgreSQL: the registry's SQL. */
@NullMarked
package org.diferido.database.postgresql;

import org.jspecify.annotations.NullMarked;
