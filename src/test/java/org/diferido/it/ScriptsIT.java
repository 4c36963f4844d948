package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diferido.database.postgresql.Postgres17;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The service as in production: pools of the server's scripts, an issuer, and a real PostgreSQL
 * with the role that the scripts for its administrator make.
 */
class ScriptsIT {

  /** With everything that a reader of references to the environment could take for its own. */
  private static final String PASSWORD = "clave: de$1 {prueba} ${user}";

  private static final String PROCEDURE =
      """
      CREATE SCHEMA pkg_sumas;
      CREATE PROCEDURE pkg_sumas.sumar(a numeric, b numeric, OUT total numeric) LANGUAGE plpgsql
      AS $$ BEGIN total := a + b; END $$;
      CREATE PROCEDURE pkg_sumas.esperar(segundos numeric) LANGUAGE plpgsql
      AS $$ BEGIN PERFORM pg_sleep(segundos); END $$;
      CREATE PROCEDURE pkg_sumas.avanzar(pasos int) LANGUAGE plpgsql
      AS $$ BEGIN
        FOR paso IN 1..pasos LOOP
          RAISE NOTICE '%/% pasos: paso %', paso, pasos, paso;
          PERFORM pg_sleep(1);
        END LOOP;
      END $$;
      REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA pkg_sumas FROM PUBLIC;
      """;

  private static final String CALL =
      """
      {"name":"PKG_SUMAS.SUMAR","params":[{"name":"a","value":40},{"name":"b","value":"2.5"},
      {"name":"total","direction":"OUT"}]}""";

  private static final String WAIT =
      """
      {"name":"PKG_SUMAS.ESPERAR","params":[{"name":"segundos","value":600}]}""";

  private static final String GO_ON =
      """
      {"name":"PKG_SUMAS.AVANZAR","params":[{"name":"pasos","value":600}]}""";

  private static final String TOO_LONG =
      """
      {"name":"PKG_SUMAS.ESPERAR","params":[{"name":"segundos","value":600}],"timeout_seconds":4}""";

  /** Many times what it takes, and much less than the calls do. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private final PGSimpleDataSource database = Postgres17.newDatabase();

  @Test
  void jobsRunOverThePoolsAndWithTheRoleOfTheScripts(@TempDir Path folder) throws Exception {
    Postgres17.execute(database, PROCEDURE, RoleScripts.role(), RoleScripts.grants("pkg_sumas"));
    Issuer issuer = new Issuer();
    Map<String, String> environment = new HashMap<>(issuer.environment());
    for (String pool : new String[] {"POSTGRESQL", "REGISTRY"}) {
      environment.put("DIFERIDO_" + pool + "_URL", url());
      environment.put("DIFERIDO_" + pool + "_USER", "diferido");
      environment.put("DIFERIDO_" + pool + "_PASSWORD", PASSWORD);
    }
    environment.put("DIFERIDO_ACCESS", "procedure-caller=*");
    try (ServiceProcess service = ServiceProcess.pooled(folder, "postgresql", environment)) {
      Client ana = service.client(issuer.token("ana.gomez", "procedure-caller"));
      Client.Answer ready = ana.get("/health/ready");
      assertThat(ready.status()).as(ready.text()).isEqualTo(200);

      String id = ana.accepted(CALL);
      JsonObject job = ana.ended(id);

      assertThat(job.getString("status")).as(job.toString()).isEqualTo("completed");
      assertThat(job.getJsonObject("result")).hasToString("{\"total\":42.5}");
      assertThat(
              Postgres17.column(
                  database,
                  "SELECT OWNER || ' ' || STATE || ' ' || JOB_ID FROM diferido.ASYNC_JOBS"))
          .containsExactly("ana.gomez succeeded " + id);
      assertThat(Postgres17.column(database, "SELECT application_name FROM pg_stat_activity"))
          .contains("diferido", "diferido-registry");
      assertThatALostSessionIsTold(ana);
      assertThatAProcedureTellsHowFarItIsAndIsCancelled(ana);
      assertThatACallThatTakesTooLongIsStopped(ana);
      assertThat(service.log())
          .contains("a job's end is written in the transaction of its call")
          .doesNotContain(PASSWORD)
          .doesNotContainPattern("Boot Command .* returned with result (WARNING|FAILURE)");
    }
  }

  /** After somebody has looked at it while it ran, which no pool may hold up. */
  private static void assertThatAProcedureTellsHowFarItIsAndIsCancelled(Client ana) {
    String id = ana.accepted(GO_ON);
    JsonObject detail =
        await("a notice")
            .atMost(SOON)
            .until(
                () -> ana.job(id).getJsonObject("progress_detail"),
                progress -> progress.containsKey("done"));
    assertThat(detail.getString("source")).isEqualTo("reported");
    assertThat(detail.getString("unit")).isEqualTo("pasos");
    assertThat(ana.post("/jobs/" + id + "/cancel").status()).isEqualTo(202);
    JsonObject job =
        await("the cancel")
            .atMost(SOON)
            .until(() -> ana.job(id), each -> each.getString("status").equals("failed"));
    assertThat(job.getString("state")).as(job.toString()).isEqualTo("cancelled");
    assertThat(job.getJsonObject("stop").getString("ended_by")).isEqualTo("statement");
  }

  private static void assertThatACallThatTakesTooLongIsStopped(Client ana) {
    String id = ana.accepted(TOO_LONG);
    JsonObject job =
        await("the timeout")
            .atMost(SOON)
            .until(() -> ana.job(id), each -> each.getString("status").equals("failed"));
    assertThat(job.getString("state")).as(job.toString()).isEqualTo("timed_out");
  }

  /** Bare: what it says of the driver's properties would go before what the pool says of them. */
  private String url() {
    return "jdbc:postgresql://%s:%d/%s"
        .formatted(
            database.getServerNames()[0], database.getPortNumbers()[0], database.getDatabaseName());
  }

  /** The session of a call is ended: the job says so, and the next one has another session. */
  private void assertThatALostSessionIsTold(Client ana) {
    String id = ana.accepted(WAIT);
    String kill =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active'"
            + " AND query LIKE '%"
            + id
            + "%' AND pid <> pg_backend_pid()";
    await().until(() -> Postgres17.column(database, kill).equals(List.of("t")));
    JsonObject job = ana.ended(id);
    assertThat(job.getString("state")).as(job.toString()).isEqualTo("failed");
    assertThat(job.getJsonObject("error_detail").getString("code")).isEqualTo("ROLLED_BACK");
    assertThat(ana.ended(ana.accepted(CALL)).getString("status")).isEqualTo("completed");
  }
}
