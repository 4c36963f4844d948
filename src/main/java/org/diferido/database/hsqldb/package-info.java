/** HSQLDB: the embedded registry's SQL, and procedures with Java bodies. */
@NullMarked
package org.diferido.database.hsqldb;

import org.jspecify.annotations.NullMarked;
