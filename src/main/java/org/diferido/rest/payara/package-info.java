/** What only Payara needs; inert on other servers. */
@NullMarked
package org.diferido.rest.payara;

import org.jspecify.annotations.NullMarked;
