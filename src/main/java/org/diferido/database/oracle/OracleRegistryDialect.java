package org.diferido.database.oracle;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import org.diferido.database.registry.RegistryDialect;

/** The registry in Oracle 12.2 or later. */
public final class OracleRegistryDialect implements RegistryDialect {

  private static final String NOW = "CAST(SYS_EXTRACT_UTC(SYSTIMESTAMP) AS TIMESTAMP(3))";

  /** No more than 4000 bytes, whatever the character set. */
  private static final int SHORT_TEXT = 1000;

  private static final int SHORT_BYTES = 2000;

  /** Too long or too large for its column: ORA-01401, 01438, 01461 and 12899. */
  private static final Set<Integer> TOO_LARGE = Set.of(1401, 1438, 1461, 12_899);

  /**
   * Errors that undo their statement alone (Database Concepts, "Statement-Level Rollback"): a table
   * or a column that is not there or not granted (942, 904, 1031, 41900), a transaction that was
   * made READ ONLY (1456), a trigger that does not compile (4098), a lock (54, 60, 30006), no room
   * (1536, 1652 to 1654, 1691, 1692, 1950, 30036). Others end the transaction, such as ORA-02091,
   * and a commit would then confirm work that is gone: so only these, and not whatever is unknown.
   */
  private static final Set<Integer> OF_THE_STATEMENT =
      Set.of(
          54, 60, 904, 942, 1031, 1456, 1536, 1652, 1653, 1654, 1691, 1692, 1950, 4098, 30_006,
          30_036, 41_900);

  @Override
  public boolean speaks(String product) {
    return product.equals("Oracle");
  }

  @Override
  public String migrations() {
    return "classpath:db/registry/oracle";
  }

  @Override
  public String currentSchema() {
    return "SELECT SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') FROM DUAL";
  }

  @Override
  public boolean isExclusive(String url) {
    return false;
  }

  @Override
  public String now() {
    return NOW;
  }

  @Override
  public String silenceAgo() {
    return NOW + " - NUMTODSINTERVAL(:silence / 1000, 'SECOND')";
  }

  /**
   * FETCH FIRST and FOR UPDATE exclude each other (ORA-02014), and ROWNUM would count what is then
   * skipped. But SKIP LOCKED locks a row when it is fetched: who reads has to stop. The hint is for
   * the order of the index, without which all that waits would be sorted first.
   */
  @Override
  public String firstQueued(String columns, String condition, boolean locking) {
    return """
        SELECT /*+ INDEX(ASYNC_JOBS ASYNC_JOBS_QUEUE) */ %s FROM ASYNC_JOBS
        WHERE STATE = 'queued' AND %s
        ORDER BY PRIORITY, QUEUE_ROUND, QUEUE_NO
        """
            .formatted(columns, condition)
        + (locking ? "FOR UPDATE SKIP LOCKED" : "");
  }

  /** CLOBs of a query with SKIP LOCKED were seen to come back empty under load. */
  @Override
  public boolean readsWhatItLocked() {
    return true;
  }

  /** Behind a LOB no value of more than 4000 bytes may be bound but another LOB (ORA-24816). */
  @Override
  public void bindText(PreparedStatement statement, int at, String text) throws SQLException {
    if (text.length() <= SHORT_TEXT) {
      statement.setString(at, text);
    } else {
      statement.setClob(at, new StringReader(text), text.length());
    }
  }

  @Override
  public void bindBytes(PreparedStatement statement, int at, byte[] bytes) throws SQLException {
    if (bytes.length <= SHORT_BYTES) {
      statement.setBytes(at, bytes);
    } else {
      statement.setBlob(at, new ByteArrayInputStream(bytes), bytes.length);
    }
  }

  @Override
  public boolean undoesOnlyTheStatement(SQLException error) {
    int number = error.getErrorCode();
    return OF_THE_STATEMENT.contains(number) || TOO_LARGE.contains(number);
  }

  @Override
  public boolean isAboutTheData(SQLException error) {
    return RegistryDialect.super.isAboutTheData(error) || TOO_LARGE.contains(error.getErrorCode());
  }
}
