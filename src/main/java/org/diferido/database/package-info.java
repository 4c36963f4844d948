/** JDBC: the registry and the gateway to stored procedures, over one dialect per database. */
@NullMarked
package org.diferido.database;

import org.jspecify.annotations.NullMarked;
