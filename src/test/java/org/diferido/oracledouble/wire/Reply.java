package org.diferido.oracledouble.wire;

/** The answer to one function, with the messages that end it. */
public final class Reply {

  private static final int PARAMETERS = 8;
  private static final int STATUS = 9;
  private static final int END_OF_CALL = 4;
  private static final int TRANSACTION_OPEN = 2;
  private static final int LARGEST_CODE = 65535;

  private final TtcOutput out = new TtcOutput();
  private final int callNumber;
  private final int callCount;

  /**
   * @param callNumber the sequence byte of the function: ojdbc compares it with its own
   * @param callCount how many functions there were
   */
  public Reply(int callNumber, int callCount) {
    this.callNumber = callNumber;
    this.callCount = callCount;
  }

  public TtcOutput out() {
    return out;
  }

  /** An answer to the same function that has nothing in it yet. */
  public Reply afresh() {
    return new Reply(callNumber, callCount);
  }

  /** The call ended well and gave nothing. */
  public Reply status(boolean transactionOpen) {
    out.u8(STATUS).ub(transactionOpen ? TRANSACTION_OPEN : 0).ub(callCount);
    return this;
  }

  /** What an execute returns: the numbers of al8o4, no transaction, no pairs, no registration. */
  public Reply returned(int cursor) {
    out.u8(PARAMETERS).ub(6).zeros(2).ub(cursor).zeros(3).zeros(3);
    return this;
  }

  public Reply ended(boolean transactionOpen) {
    return ended(transactionOpen, 0, 0, End.WELL);
  }

  /**
   * The end of a call, with its error fields.
   *
   * @param rows sent so far, or changed
   */
  public Reply ended(boolean transactionOpen, int cursor, long rows, End end) {
    out.u8(END_OF_CALL)
        .ub(transactionOpen ? TRANSACTION_OPEN : 0)
        .ub(callCount)
        .ub(rows)
        .ub(Math.min(end.code, LARGEST_CODE))
        .zeros(2)
        .ub(cursor)
        .ub(end.position)
        // SQL type, fatal, flags, cursor options, UPI parameter, warnings
        .zeros(6)
        // row id
        .zeros(5)
        // error of the operating system, statement number
        .zeros(2)
        .u8(callNumber)
        // padding, successful iterations, logical row id
        .zeros(3)
        // errors of a batch: codes, offsets, messages
        .zeros(3)
        .ub(end.code)
        .ub(rows);
    if (end.code != 0) {
      out.clr(end.text + "\n");
    }
    return this;
  }

  /**
   * How a call ended.
   *
   * @param code 0 for well
   * @param position in the statement, from 0
   */
  public record End(int code, String text, int position) {
    public static final End WELL = new End(0, "", 0);
    public static final End NO_MORE_ROWS = new End(1403, "ORA-01403: no data found", 0);
  }
}
