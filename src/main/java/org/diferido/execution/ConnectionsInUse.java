package org.diferido.execution;

/** How many connections of its pools this node has borrowed at the moment. */
public interface ConnectionsInUse {

  /** Of all pools together. */
  long connections();
}
