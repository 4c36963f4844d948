package org.diferido.database.hsqldb;

import java.util.Optional;
import org.diferido.database.registry.RegistryDialect;

/** The registry in HSQLDB 2.7. */
public final class HsqldbRegistryDialect implements RegistryDialect {

  /** CURRENT_TIMESTAMP has the zone of the session, which is the JVM's. */
  private static final String NOW =
      "CAST(CURRENT_TIMESTAMP AT TIME ZONE INTERVAL '0:00' HOUR TO MINUTE AS TIMESTAMP(3))";

  @Override
  public boolean speaks(String product) {
    return product.equals("HSQL Database Engine");
  }

  @Override
  public String migrations() {
    return "classpath:db/registry/hsqldb";
  }

  /** A database in files is locked by the process that opened it; one in memory is in it. */
  @Override
  public boolean isExclusive(String url) {
    return url.startsWith("jdbc:hsqldb:file:") || url.startsWith("jdbc:hsqldb:mem:");
  }

  @Override
  public String now() {
    return NOW;
  }

  @Override
  public String silenceAgo() {
    return "TIMESTAMPADD(SQL_TSI_MILLI_SECOND, - CAST(:silence AS BIGINT), " + NOW + ")";
  }

  @Override
  public String currentSchema() {
    return "VALUES (CURRENT_SCHEMA)";
  }

  /** One process has it open; and LOCK TABLE means nothing to HSQLDB's MVCC. */
  @Override
  public Optional<String> lockRegistry() {
    return Optional.empty();
  }

  @Override
  public Optional<String> lockCounting() {
    return Optional.empty();
  }

  @Override
  public boolean locks() {
    return false;
  }

  @Override
  public String lockUnlessBusy() {
    return "";
  }

  /** STATE is in ORDER BY only because HSQLDB sorts by itself where it does not see the index. */
  @Override
  public String firstQueued(String columns, String condition, boolean locking) {
    return """
        SELECT %s FROM ASYNC_JOBS
        WHERE STATE = 'queued' AND %s
        ORDER BY STATE, PRIORITY, QUEUE_ROUND, QUEUE_NO
        FETCH FIRST :most ROWS ONLY
        """
        .formatted(columns, condition);
  }
}
