/** The job registry in a database: one table, which is the truth and the queue. */
@NullMarked
package org.diferido.database.registry;

import org.jspecify.annotations.NullMarked;
