package org.diferido.faults.cluster;

import java.util.List;
import javax.sql.DataSource;
import org.diferido.database.postgresql.Postgres17;

/** What the database itself says of the calls that run in it. */
public final class Sessions {

  private final DataSource database;

  public Sessions(DataSource database) {
    this.database = database;
  }

  /** Whether a statement of a job's call is at work. */
  public boolean isAtWork(String job) {
    return count("state = 'active' AND " + isOf(job)) > 0;
  }

  /** Whether a session has a transaction of a job's call open, at work or not. */
  public boolean isOpen(String job) {
    return count("state <> 'idle' AND " + isOf(job)) > 0;
  }

  /** Whether a session waits for a lock with the statement that ends a job. */
  public boolean waitsForLock(String job) {
    return count("wait_event_type = 'Lock' AND " + isOf(job)) > 0;
  }

  /** A call has the job in its statement's text; from the job's end on the session has its name. */
  private static String isOf(String job) {
    return "(query LIKE '%" + job + "%' OR application_name = 'diferido:" + job + "')";
  }

  /** Whether any session waits for a lock. */
  public boolean anyWaitsForLock() {
    return count("wait_event_type = 'Lock'") > 0;
  }

  private int count(String condition) {
    List<String> counted =
        Postgres17.column(
            database,
            "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name <> 'faults' AND "
                + condition);
    return Integer.parseInt(counted.get(0));
  }
}
