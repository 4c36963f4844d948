/** Who calls: name, groups and the roles they give. */
@NullMarked
package org.diferido.security;

import org.jspecify.annotations.NullMarked;
