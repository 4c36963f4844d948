package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.diferido.database.PooledDataSource;
import org.diferido.database.postgresql.Postgres17;
import org.diferido.database.postgresql.WorkProcedure;
import org.diferido.housekeeping.AbandonedSessions;
import org.diferido.housekeeping.OrphanRecovery;
import org.diferido.housekeeping.Retention;
import org.diferido.job.Heartbeat;
import org.diferido.job.JobEvents;
import org.diferido.job.JobRegistry;
import org.diferido.job.Node;
import org.diferido.job.RetryPolicy;
import org.diferido.job.SteadyClock;
import org.diferido.result.InMemoryResultStore;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A job is completed exactly when its work is done, whenever its node is killed. */
class JoinedEndCrashTest {

  private static final int IN_FLIGHT = 200;
  private static final int MOST_ROUNDS = 12;
  private static final String RUNNING = "SELECT COUNT(*) FROM ASYNC_JOBS WHERE STATE = 'running'";

  private final PGSimpleDataSource database = Postgres17.newDatabase();
  private final DataSource pool = PooledDataSource.over(database);

  @Test
  void ofTwoHundredJobsThatRanWhenTheirNodeWasKilledThoseAreCompletedWhoseWorkIsDone()
      throws Exception {
    WorkProcedure.install(pool, 20);
    JobRegistry registry = WorkNode.registryIn(pool);
    registry.queued();
    int inFlight = 0;
    int rounds = 0;
    while (inFlight < IN_FLIGHT) {
      assertThat(++rounds).isLessThanOrEqualTo(MOST_ROUNDS);
      workUntilKilled("round" + rounds);
      inFlight += count(RUNNING);
      recovery(registry).recover();
      assertThat(count(RUNNING)).isZero();
    }
    int completed = count("SELECT COUNT(*) FROM ASYNC_JOBS WHERE STATUS = 'completed'");
    System.out.printf(
        "%d jobs in flight at %d kills, %d completed before%n", inFlight, rounds, completed);
    assertThat(completed).isPositive();
    assertThat(
            Postgres17.column(
                pool,
                "SELECT JOB_ID || ' ' || STATE FROM ASYNC_JOBS WHERE (STATUS = 'completed')"
                    + " <> EXISTS (SELECT 1 FROM WORK_DONE WHERE ID = JOB_ID)"))
        .isEmpty();
    assertThat(count("SELECT COUNT(*) FROM WORK_DONE")).isEqualTo(completed);
  }

  private int count(String query) {
    return Integer.parseInt(Postgres17.column(pool, query).get(0));
  }

  private OrphanRecovery recovery(JobRegistry registry) {
    // Those that are killed have said once that they are alive, long ago.
    Retention retention = new Retention(Duration.ofDays(1), Duration.ZERO);
    return new OrphanRecovery(
        registry,
        new InMemoryResultStore(),
        new AbandonedSessions(new WorkNode(pool, pool).gateway, retention, SteadyClock.ofTheJvm()),
        new Node("survivor"),
        retention,
        new RetryPolicy(Duration.ofSeconds(10)),
        new Heartbeat(registry, new Node("survivor"), SteadyClock.ofTheJvm()),
        JobEvents.NONE,
        Clock.systemUTC(),
        SteadyClock.ofTheJvm());
  }

  private void workUntilKilled(String application) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                WorkingProcess.class.getName(),
                database.getURL() + "&ApplicationName=" + application)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
      assertThat(lines.readLine()).isEqualTo("working");
      // Ends early only if the process dies by itself.
      assertThat(process.waitFor(500 + new Random().nextInt(700), TimeUnit.MILLISECONDS)).isFalse();
    } finally {
      process.destroyForcibly().waitFor();
    }
    // The server notices by itself that its client has died.
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                count(
                        "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = '"
                            + application
                            + "'")
                    == 0);
  }
}
