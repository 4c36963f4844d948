package org.diferido.procedure;

/**
 * The database transaction of a running call, as far as others may join it. What it is made of is
 * the matter of the gateway and of those who share its database.
 */
public interface CallTransaction {}
