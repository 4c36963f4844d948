package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.diferido.database.PooledDataSource;
import org.diferido.database.postgresql.Postgres17;
import org.diferido.database.postgresql.WorkProcedure;
import org.diferido.job.ClaimPolicy;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.SteadyClock;
import org.diferido.result.InMemoryResultStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What a job costs the database when a worker is free, as the server itself tells. */
class StatementCountTest {

  private static final int JOBS = 300;
  private static final int WARM_UP = 20;
  private static final int WAITING = 12;

  /** A line of the log that begins a statement of the service's. */
  private static final Pattern STATEMENT =
      Pattern.compile("counted:LOG:  (?:statement|execute [^:]*): (.*)");

  private static final Pattern BOUNDARY = Pattern.compile("(?i)(BEGIN|COMMIT|ROLLBACK)\\b.*");

  @TempDir private Path folder;

  @Test
  void aJobCostsThreeStatementsAndTwoWriteTransactions() throws Exception {
    Path log = folder.resolve("server.log");
    try (EmbeddedPostgres server = logging(log)) {
      PGSimpleDataSource database = new PGSimpleDataSource();
      database.setURL(
          server.getJdbcUrl("postgres", "postgres")
              + "&escapeSyntaxCallMode=callIfNoReturn&ApplicationName=counted");
      WorkProcedure.install(server.getPostgresDatabase(), 0);
      List<String> statements;
      long transactions;
      try (Service service = new Service(database)) {
        service.run(WARM_UP);
        int linesBefore = statements(log).size();
        long before = nextTransaction(server.getPostgresDatabase());
        service.run(JOBS);
        transactions = nextTransaction(server.getPostgresDatabase()) - before;
        List<String> all = statements(log);
        statements = all.subList(linesBefore, all.size());
      }
      double perJob = (double) statements.size() / JOBS;
      double writes = (double) transactions / JOBS;
      System.out.printf("%.2f statements and %.2f write transactions per job%n", perJob, writes);
      assertThat(Postgres17.column(server.getPostgresDatabase(), "SELECT COUNT(*) FROM WORK_DONE"))
          .containsExactly(String.valueOf(WARM_UP + JOBS));
      assertThat(perJob).isBetween(3.0, 3.3);
      assertThat(writes).isBetween(2.0, 2.1);
    }
  }

  @Test
  void jobsThatWaitAreClaimedTogether() throws Exception {
    Path log = folder.resolve("server.log");
    try (EmbeddedPostgres server = logging(log)) {
      PGSimpleDataSource database = new PGSimpleDataSource();
      database.setURL(server.getJdbcUrl("postgres", "postgres") + "&ApplicationName=counted");
      WorkProcedure.install(server.getPostgresDatabase(), 0);
      WorkNode node =
          new WorkNode(PooledDataSource.over(database), PooledDataSource.over(database));
      for (int at = 0; at < WAITING; at++) {
        assertThat(node.registry.add(node.newJob())).isTrue();
      }
      int linesBefore = statements(log).size();
      long before = nextTransaction(server.getPostgresDatabase());
      assertThat(
              node.registry.claim("node-a", WAITING, node.clock.instant(), ClaimPolicy.ANY).jobs())
          .hasSize(WAITING);
      assertThat(nextTransaction(server.getPostgresDatabase()) - before).isEqualTo(1);
      List<String> all = statements(log);
      assertThat(all.subList(linesBefore, all.size()))
          .satisfiesExactly(
              first -> assertThat(first).startsWith("SELECT "),
              second -> assertThat(second).startsWith("UPDATE ASYNC_JOBS SET "));
    }
  }

  private static EmbeddedPostgres logging(Path log) throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("log_statement", "all")
        .setServerConfig("log_line_prefix", "%a:")
        .setServerConfig("autovacuum", "off")
        .setOutputRedirector(Redirect.appendTo(log.toFile()))
        .setErrorRedirector(Redirect.appendTo(log.toFile()))
        .start();
  }

  private static List<String> statements(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .map(STATEMENT::matcher)
        .filter(line -> line.matches() && !BOUNDARY.matcher(line.group(1)).matches())
        .map(line -> line.group(1))
        .toList();
  }

  /** Each transaction that writes, and only such a one, takes the next number. */
  private static long nextTransaction(DataSource source) {
    return Long.parseLong(
        Postgres17.column(source, "SELECT pg_snapshot_xmax(pg_current_snapshot())").get(0));
  }

  /** A node that gets one job at a time, so that there is a worker free for each. */
  private static final class Service implements AutoCloseable {

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final AtomicReference<Future<?>> work = new AtomicReference<>();
    private final WorkNode node;
    private final JobAdmission admission;

    Service(DataSource database) {
      node = new WorkNode(PooledDataSource.over(database), PooledDataSource.over(database));
      ServiceSettings settings = WorkNode.settings(2);
      WorkerPool pool =
          new WorkerPool(
              node.registry,
              new InMemoryResultStore(),
              node.gateway,
              node.calls,
              JobEvents.NONE,
              task -> work.set(threads.submit(task)),
              time -> {},
              settings,
              node.node,
              node.clock,
              SteadyClock.ofTheJvm());
      admission =
          new JobAdmission(
              node.registry,
              pool,
              JobEvents.NONE,
              settings,
              node.node,
              node.clock,
              SteadyClock.ofTheJvm());
      pool.wake();
    }

    void run(int jobs) throws Exception {
      for (int at = 0; at < jobs; at++) {
        Job job = node.newJob();
        admission.admit(job, node.checked(job));
        work.get().get();
      }
    }

    @Override
    public void close() {
      threads.shutdown();
    }
  }
}
