package org.diferido.database.oracle;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.diferido.database.ErrorKind;
import org.diferido.database.ErrorTable;
import org.diferido.database.SqlErrors;

/**
 * Oracle's errors by their number, ORA-nnnnn (Oracle Database Error Help). The class of the
 * exception and its SQLState are no help: this driver throws lost connections also as plain
 * SQLExceptions of classes 63 and 72.
 */
final class OracleErrors implements ErrorTable {

  private static final int FIRST_RAISED = 20000;
  private static final int LAST_RAISED = 20999;

  /** The stack of the call, which is for the log, and everything that comes after it. */
  private static final String STACK = "ORA-06512";

  /** What the driver puts behind each text. */
  private static final String ADVICE = "https://docs.oracle.com/error-help/";

  /**
   * The state of a package was lost, an object was changed or is being, a block does not compile.
   */
  private static final Set<Integer> STALE = Set.of(4061, 4065, 4068, 6550);

  private static final Map<Integer, ErrorKind> KINDS = new HashMap<>();

  static {
    kind(ErrorKind.CONNECTION_LOST, 17002, 17008, 17410, 17800, 18730, 3113, 3114, 3135, 28, 31);
    kind(ErrorKind.CONNECTION_LOST, 45, 603, 1012, 1089, 1090, 1092, 12537, 12547);
    kind(ErrorKind.CONNECTION_LOST, 41, 2396, 2399, 3137, 12153, 12570, 12571, 12592, 17401);
    kind(ErrorKind.CONNECTION_LOST, 25402, 25405, 25408);
    kind(
        ErrorKind.UNREACHABLE,
        12505,
        12514,
        12541,
        12518,
        12520,
        12516,
        12519,
        12170,
        12528,
        12526);
    kind(ErrorKind.UNREACHABLE, 1033, 1034, 16456, 18714, 17868, 17820, 17850, 18, 20);
    kind(ErrorKind.REFUSED, 1017, 28000, 28001, 1045, 12154, 17067);
    kind(ErrorKind.CANCELLED, 1013);
    kind(ErrorKind.DATA, 6550, 942, 904, 1031, 6502, 1843, 1858, 1861, 1722, 1476, 1403, 1422);
    kind(ErrorKind.DATA, 1, 1400, 1407, 2290, 2291, 2292, 12899, 1438, 1426, 1841, 1847, 1830);
    kind(
        ErrorKind.DATA,
        6511,
        6530,
        6531,
        6532,
        6533,
        6592,
        6510,
        4043,
        6564,
        2289,
        1401,
        4098,
        2091);
    kind(ErrorKind.CONFLICT, 4061, 4065, 4068, 60, 8177, 54, 30006, 4021, 4020, 1555, 2049);
    kind(ErrorKind.SERVER, 600, 7445, 4031, 1652, 1653, 1654, 1536, 257, 30036, 4030);
  }

  private static void kind(ErrorKind kind, int... numbers) {
    for (int number : numbers) {
      KINDS.put(number, kind);
    }
  }

  @Override
  public ErrorKind kind(SQLException error) {
    int number = SqlErrors.innermost(error).getErrorCode();
    return number >= FIRST_RAISED && number <= LAST_RAISED
        ? ErrorKind.RAISED
        : KINDS.getOrDefault(number, ErrorKind.SERVER);
  }

  @Override
  public String code(SQLException error) {
    int number = SqlErrors.innermost(error).getErrorCode();
    return number > 0 ? "ORA-%05d".formatted(number) : SqlErrors.code(error);
  }

  @Override
  public String text(SQLException error) {
    String message = SqlErrors.innermost(error).getMessage();
    String own =
        (message == null ? "" : message)
            .lines()
            .takeWhile(line -> !line.stripLeading().startsWith(STACK))
            .filter(line -> !line.strip().startsWith(ADVICE))
            .collect(Collectors.joining("\n"))
            .strip();
    return own.isEmpty() ? code(error) : own;
  }

  @Override
  public boolean isSignatureStale(SQLException error) {
    return STALE.contains(SqlErrors.innermost(error).getErrorCode());
  }
}
