package org.diferido.database.registry;

/**
 * How much of ASYNC_JOBS is read for one page of a list.
 *
 * @param searched rows that are looked through for what no index finds
 * @param counted jobs up to which those that match are counted
 */
public record ListBounds(int searched, int counted) {

  /** A few tenths of a second at most, on a server; counts to so many are a matter of millis. */
  static final ListBounds USUAL = new ListBounds(50_000, 10_000);
}
