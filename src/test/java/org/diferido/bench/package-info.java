/** How fast the service is, beside what its database can do without it: {@code -Pbench}. */
package org.diferido.bench;
