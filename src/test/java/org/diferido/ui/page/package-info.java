/** The console as its tests see it: who is at it, its screens, and what it speaks to. */
package org.diferido.ui.page;
