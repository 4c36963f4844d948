package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.diferido.database.postgresql.Postgres17;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The service as in production: pools of postgresql.asadmin, an issuer, a real PostgreSQL. */
class PayaraScriptsIT {

  /** Nothing that a reader of the environment or of a script could take for its own. */
  private static final String PASSWORD = "clave: de$1 {prueba}";

  @Test
  void jobsRunOverThePoolsOfThePostgresqlScript(@TempDir Path folder) throws Exception {
    PGSimpleDataSource procedures = Postgres17.newDatabase();
    PGSimpleDataSource registry = Postgres17.newDatabase();
    Postgres17.execute(
        procedures,
        """
        CREATE PROCEDURE sumar(a numeric, b numeric, OUT total numeric) LANGUAGE plpgsql
        AS $$ BEGIN total := a + b; END $$
        """);
    Issuer issuer = new Issuer();
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.putAll(databases(procedures, registry));
    environment.put("DIFERIDO_ACCESS", "procedure-caller=*");
    try (ServiceProcess service = ServiceProcess.pooled(folder, "postgresql", environment)) {
      Client ana = service.client(issuer.token("ana.gomez", "procedure-caller"));
      Client.Answer ready = ana.get("/health/ready");
      assertThat(ready.status()).as(ready.text()).isEqualTo(200);

      String id =
          ana.accepted(
              """
              {"name":"sumar","params":[{"name":"a","value":40},{"name":"b","value":"2.5"},
              {"name":"total","direction":"OUT"}]}""");
      JsonObject job = ana.ended(id);

      assertThat(job.getString("status")).as(job.toString()).isEqualTo("completed");
      assertThat(job.getJsonObject("result")).hasToString("{\"total\":42.5}");
      assertThat(
              Postgres17.column(
                  registry,
                  "SELECT OWNER || ' ' || STATE FROM ASYNC_JOBS WHERE JOB_ID = '%s'".formatted(id)))
          .containsExactly("ana.gomez succeeded");
      assertThat(
              Postgres17.column(registry, "SELECT DISTINCT application_name FROM pg_stat_activity"))
          .contains("diferido", "diferido-registry");
      assertThat(service.log())
          .doesNotContain(PASSWORD)
          .doesNotContainPattern("Boot Command .* returned with result (WARNING|FAILURE)");
    }
  }

  private static Map<String, String> databases(
      PGSimpleDataSource procedures, PGSimpleDataSource registry) {
    return Map.of(
        "DIFERIDO_POSTGRESQL_URL",
        procedures.getURL(),
        "DIFERIDO_POSTGRESQL_USER",
        "postgres",
        "DIFERIDO_POSTGRESQL_PASSWORD",
        PASSWORD,
        "DIFERIDO_REGISTRY_URL",
        registry.getURL(),
        "DIFERIDO_REGISTRY_USER",
        "postgres",
        "DIFERIDO_REGISTRY_PASSWORD",
        PASSWORD);
  }
}
