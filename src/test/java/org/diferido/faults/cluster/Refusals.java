package org.diferido.faults.cluster;

import javax.sql.DataSource;
import org.diferido.database.postgresql.Postgres17;

/**
 * A registry that takes nothing more: a trigger on the table of the jobs raises what a full disk
 * raises (53100, disk_full). The disk itself is not filled. The trigger is always there and looks
 * at a switch, since to create it would have to wait for the locks of all that runs.
 */
public final class Refusals {

  private final DataSource registry;

  /** Installs the trigger, switched off. */
  public Refusals(DataSource registry) {
    this.registry = registry;
    Postgres17.execute(
        registry,
        "CREATE SCHEMA refusals",
        "CREATE TABLE refusals.SWITCHED_ON (ONE INTEGER)",
        // What a sequence has counted stays counted when the transaction is undone.
        "CREATE SEQUENCE refusals.COUNTED MINVALUE 0 START 0",
        """
        CREATE FUNCTION refusals.refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          IF EXISTS (SELECT 1 FROM refusals.SWITCHED_ON) THEN
            PERFORM nextval('refusals.COUNTED');
            RAISE EXCEPTION 'could not extend file: No space left on device'
              USING ERRCODE = '53100';
          END IF;
          RETURN NEW;
        END $$
        """,
        "CREATE TRIGGER REFUSE BEFORE INSERT OR UPDATE ON diferido.ASYNC_JOBS"
            + " FOR EACH ROW EXECUTE FUNCTION refusals.refuse()");
  }

  public void begin() {
    Postgres17.execute(registry, "INSERT INTO refusals.SWITCHED_ON VALUES (1)");
  }

  public void end() {
    Postgres17.execute(registry, "DELETE FROM refusals.SWITCHED_ON");
  }

  /** How many writes were refused so far. */
  public int counted() {
    return Integer.parseInt(
        Postgres17.column(registry, "SELECT last_value FROM refusals.COUNTED").get(0));
  }
}
