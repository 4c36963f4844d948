/** The pages of the service, in a real browser. */
package org.diferido.ui;
