package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.diferido.database.postgresql.Postgres17;
import org.diferido.failure.Failure;
import org.diferido.failure.Language;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.diferido.job.JobTerms;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What PostgreSQL tells of the secret values that it was given goes no further. */
class SecretFailureTest {

  private static final DataSource DATABASE = Postgres17.newDatabase();
  private static WorkNode node;

  @BeforeAll
  static void secretsAreRefused() {
    Postgres17.execute(
        DATABASE,
        """
        CREATE TABLE cuentas (usuario text, clave text CHECK (length(clave) > 1000), otra text);
        CREATE PROCEDURE alta(p_usuario text, p_clave text) LANGUAGE plpgsql AS $$ BEGIN
          RAISE NOTICE 'alta de % con %', p_usuario, p_clave;
          INSERT INTO cuentas VALUES (p_usuario, coalesce(p_clave, 'ninguna'), NULL); END $$;
        CREATE PROCEDURE por_uuid(p_usuario text, p_clave text) LANGUAGE plpgsql AS $$ BEGIN
          PERFORM p_clave::uuid; END $$;
        CREATE PROCEDURE rechaza(p_usuario text, p_clave text) LANGUAGE plpgsql AS $$ BEGIN
          RAISE EXCEPTION 'no vale %', p_clave; END $$;
        """);
    node = new WorkNode(DATABASE, DATABASE);
  }

  private static Job ended(String procedure, String user, String secret) {
    ProcedureCall call =
        new ProcedureCall(
                ProcedureName.parse(procedure, null),
                null,
                false,
                List.of(argument("p_usuario", user), argument("p_clave", secret)))
            .withSecrets(Set.of(1));
    return node.acceptAndRun(
        Job.queued(JobId.random(), "ana", call, JobTerms.USUAL, node.clock.instant()));
  }

  private static Argument argument(String name, String value) {
    return new Argument(name, value, true, null, null, false);
  }

  private static String told(Job job) {
    Failure failure = node.registry.find(job.id()).orElseThrow().state().failed().orElseThrow();
    return failure.text(Language.ENGLISH);
  }

  private static String row(Job job) {
    return Postgres17.column(
            DATABASE, "SELECT j::text FROM ASYNC_JOBS j WHERE JOB_ID = '" + job.id().hex() + "'")
        .get(0);
  }

  @Test
  void theRowThatAConstraintRefusesIsToldWithoutTheSecretInIt() {
    try (ServiceLog log = new ServiceLog()) {
      Job job = ended("alta", "ana", "hunter2");
      assertThat(told(job)).contains("Failing row contains (ana, ***, null)");
      assertThat(node.registry.find(job.id()).orElseThrow().log())
          .singleElement()
          .asString()
          .contains("alta de ana con ***");
      assertThat(row(job)).contains("Failing row contains").doesNotContain("hunter2");
      assertThat(log.text())
          .contains("(ana, ***, null)", "org.postgresql.util.PSQLException", "at org.postgresql")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void ofALongSecretNotEvenItsBeginningIsTold() {
    String secret = "eyJhbGciOiJIUzI1NiJ9".repeat(10);
    Job job = ended("alta", "ana", secret);
    assertThat(told(job)).contains("(ana, ***..., null)");
    assertThat(row(job)).doesNotContain("eyJ");
  }

  @Test
  void aValueThatIsNoUuidAndARaisedErrorAreToldWithoutIt() {
    try (ServiceLog log = new ServiceLog()) {
      assertThat(told(ended("por_uuid", "ana", "s3cr3t-t0ken")))
          .contains("invalid input syntax for type uuid: \"***\"");
      assertThat(told(ended("rechaza", "ana", "s3cr3t-t0ken"))).contains("no vale ***");
      assertThat(log.text()).contains("no vale ***").doesNotContain("s3cr3t");
    }
  }

  @Test
  void withoutASecretTheLogHasTheCauseInItsOwnWords() {
    try (ServiceLog log = new ServiceLog()) {
      Job job = ended("alta", "ana", null);
      assertThat(told(job)).contains("(ana, ninguna, null)");
      assertThat(log.text()).contains("PSQLException: ERROR:", "ana");
    }
  }
}
