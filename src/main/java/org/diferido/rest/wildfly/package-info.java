/** What only WildFly needs; inert on other servers, which have none of the classes it uses. */
@NullMarked
package org.diferido.rest.wildfly;

import org.jspecify.annotations.NullMarked;
