/** Results as files: whole, in part, or a page at a time, with one chunk in memory. */
@NullMarked
package org.diferido.result.file;

import org.jspecify.annotations.NullMarked;
