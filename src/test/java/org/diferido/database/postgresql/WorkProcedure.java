package org.diferido.database.postgresql;

import javax.sql.DataSource;

/** A procedure that leaves a row for the id it is given. */
public final class WorkProcedure {

  private WorkProcedure() {}

  /**
   * Makes the procedure and the table of its rows.
   *
   * @param slowest milliseconds that a call, and then its commit, takes at most
   */
  public static void install(DataSource source, int slowest) {
    Postgres17.execute(
        source,
        "CREATE TABLE WORK_DONE (ID TEXT PRIMARY KEY)",
        """
        CREATE PROCEDURE WORK(P_ID TEXT) LANGUAGE plpgsql AS $$ BEGIN
          INSERT INTO WORK_DONE VALUES (P_ID);
          PERFORM pg_sleep(random() * %1$d / 1000.0);
        END $$
        """
            .formatted(slowest));
    if (slowest > 0) {
      Postgres17.execute(
          source,
          """
          CREATE FUNCTION TAKE_LONG() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM pg_sleep(random() * %1$d / 1000.0);
            RETURN NULL;
          END $$
          """
              .formatted(slowest),
          "CREATE CONSTRAINT TRIGGER AT_COMMIT AFTER INSERT ON WORK_DONE"
              + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION TAKE_LONG()");
    }
  }
}
