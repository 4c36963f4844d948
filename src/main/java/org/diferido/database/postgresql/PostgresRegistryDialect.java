package org.diferido.database.postgresql;

import java.sql.SQLException;
import org.diferido.database.registry.RegistryDialect;

/** The registry in PostgreSQL. Its tables are in the first schema of the user's search path. */
public final class PostgresRegistryDialect implements RegistryDialect {

  private static final String NOW = "CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS TIMESTAMP(3))";

  /** Such as a key that is too long for its index. */
  private static final String LIMIT_EXCEEDED = "54";

  @Override
  public boolean speaks(String product) {
    return product.equals("PostgreSQL");
  }

  @Override
  public String migrations() {
    return "classpath:db/registry/postgresql";
  }

  @Override
  public String history() {
    return "diferido_schema_history";
  }

  @Override
  public String currentSchema() {
    return "SELECT current_schema()";
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
    return NOW + " - CAST(:silence AS BIGINT) * INTERVAL '1 millisecond'";
  }

  /** The limit counts what could be locked, so what others have locked does not use it up. */
  @Override
  public String firstQueued(String columns, String condition, boolean locking) {
    return """
        SELECT %s FROM ASYNC_JOBS
        WHERE STATE = 'queued' AND %s
        ORDER BY PRIORITY, QUEUE_ROUND, QUEUE_NO
        FETCH FIRST :most ROWS ONLY
        """
            .formatted(columns, condition)
        + (locking ? "FOR UPDATE SKIP LOCKED" : "");
  }

  /**
   * For this transaction. A comment would have the server plan each such statement anew: twice the
   * time of the statement.
   */
  @Override
  public String saysWhose() {
    return "pg_catalog.set_config('application_name', '"
        + PostgresCall.TAG
        + "' || :id, true) IS NOT NULL";
  }

  @Override
  public boolean isAboutTheData(SQLException error) {
    String state = error.getSQLState();
    return RegistryDialect.super.isAboutTheData(error)
        || (state != null && state.startsWith(LIMIT_EXCEEDED));
  }
}
