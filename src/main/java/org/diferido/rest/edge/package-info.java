/** What holds for every request and answer, whatever it is about: headers, origins, proxies. */
@NullMarked
package org.diferido.rest.edge;

import org.jspecify.annotations.NullMarked;
