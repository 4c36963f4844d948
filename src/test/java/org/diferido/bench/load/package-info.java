/** Programs of their own JVM: what loads the service, and what its database can do without it. */
package org.diferido.bench.load;
