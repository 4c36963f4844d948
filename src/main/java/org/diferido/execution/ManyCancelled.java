package org.diferido.execution;

/**
 * What became of the jobs that were to be cancelled together.
 *
 * @param cancelled how many were waiting, and are cancelled
 * @param cancelling how many run and were asked to stop; how they end they tell themselves
 * @param skipped how many had ended before it was their turn, or are gone
 * @param more whether there are others that match
 */
public record ManyCancelled(int cancelled, int cancelling, int skipped, boolean more) {

  /** Nothing was to be cancelled. */
  static final ManyCancelled NONE = new ManyCancelled(0, 0, 0, false);

  public int matched() {
    return cancelled + cancelling + skipped;
  }
}
