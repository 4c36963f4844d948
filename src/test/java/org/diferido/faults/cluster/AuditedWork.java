package org.diferido.faults.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.diferido.database.postgresql.Postgres17;
import org.diferido.it.RoleScripts;

/**
 * The procedures that are called, and the table they write: a row for each time that a piece of
 * work was done and committed. Nothing in it is unique, so that work done twice shows.
 */
public final class AuditedWork {

  private AuditedWork() {}

  static void install(DataSource database) throws IOException {
    Postgres17.execute(
        database,
        "CREATE SCHEMA audited",
        "CREATE TABLE audited.WORK_DONE (ID TEXT NOT NULL)",
        """
        CREATE PROCEDURE audited.work(p_id text, p_before numeric, p_after numeric)
        LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
          PERFORM pg_sleep(p_before);
          INSERT INTO audited.WORK_DONE VALUES (p_id);
          PERFORM pg_sleep(p_after);
        END $$
        """,
        """
        CREATE PROCEDURE audited.fails(p_id text)
        LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
          INSERT INTO audited.WORK_DONE VALUES (p_id);
          RAISE EXCEPTION 'no puede ser: %', p_id;
        END $$
        """,
        """
        CREATE PROCEDURE audited.tells(p_id text, OUT p_text text, OUT p_length integer)
        LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
          INSERT INTO audited.WORK_DONE VALUES (p_id);
          p_text := 'hecho: ' || p_id;
          p_length := length(p_id);
        END $$
        """,
        RoleScripts.grants("audited"));
  }

  /** How many rows there are of each piece of work that has any. */
  public static Map<String, Integer> rows(DataSource database) {
    List<String> ids = Postgres17.column(database, "SELECT ID FROM audited.WORK_DONE");
    return ids.stream().collect(Collectors.toMap(Function.identity(), id -> 1, Integer::sum));
  }

  /** How many rows there are of one piece of work. */
  public static int rows(DataSource database, String id) {
    return rows(database).getOrDefault(id, 0);
  }
}
