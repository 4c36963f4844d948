package org.diferido.procedure;

/**
 * What a dictionary has under one name.
 *
 * @param name where it is
 * @param spelling as a call can name it
 * @param procedures how many overloads are procedures
 * @param functions how many are functions
 */
public record ListedProcedure(QualifiedName name, String spelling, int procedures, int functions) {}
