/** The service behind a real issuer of tokens: {@code -Psso}. */
package org.diferido.sso;
