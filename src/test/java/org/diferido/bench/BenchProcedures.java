package org.diferido.bench;

import java.io.IOException;
import javax.sql.DataSource;
import org.diferido.database.postgresql.Postgres17;
import org.diferido.it.RoleScripts;

/** The procedures that are called, and the table that stands for the registry without it. */
final class BenchProcedures {

  static final String NOTHING = "bench.noop";
  static final String FIFTY_MILLIS = "bench.short";
  static final String WAITS = "bench.waits";

  /** Held exclusively by whoever keeps the calls of {@link #WAITS} waiting. */
  static final int GATE = 4711;

  private BenchProcedures() {}

  static void install(DataSource database) throws IOException {
    Postgres17.execute(
        database,
        "CREATE SCHEMA bench",
        procedure(NOTHING, "NULL"),
        procedure(FIFTY_MILLIS, "PERFORM pg_sleep(0.05)"),
        procedure(WAITS, "PERFORM pg_advisory_xact_lock_shared(" + GATE + ")"),
        RoleScripts.grants("bench"));
  }

  private static String procedure(String name, String body) {
    return "CREATE PROCEDURE %s(p_id text) LANGUAGE plpgsql AS $$ BEGIN %s; END $$"
        .formatted(name, body);
  }

  /** Makes the table of the raw limits, when the service has made the one it is like. */
  static void installRawTable(DataSource database) {
    Postgres17.execute(
        database, "CREATE TABLE bench.RAW_JOBS (LIKE diferido.ASYNC_JOBS INCLUDING ALL)");
  }

  /** The body of a request, a number of its own in the place of {@code @}. */
  static String request(String procedure) {
    return "{\"name\":\"%s\",\"params\":[{\"name\":\"p_id\",\"value\":\"@\"}]}"
        .formatted(procedure);
  }
}
