package org.diferido.database.postgresql;

/**
 * How many rows to fetch at once: so many that they have about a mebibyte of text, by what the rows
 * before had. The driver has all rows of a fetch in memory, and large columns whole.
 */
final class FetchSize {

  private static final int LEAST = 2;
  private static final int MOST = 2000;
  private static final long TEXT = 1024 * 1024;

  private int rows;
  private long textBefore;

  /**
   * @param first how many, before anything is known of the rows
   */
  FetchSize(int first) {
    this.rows = first;
  }

  int rows() {
    return rows;
  }

  /**
   * So many rows were fetched.
   *
   * @param text how many characters all rows so far have
   */
  void adapt(long text) {
    long each = Math.max(1, (text - textBefore) / rows);
    textBefore = text;
    rows = (int) Math.max(LEAST, Math.min(MOST, TEXT / each));
  }
}
