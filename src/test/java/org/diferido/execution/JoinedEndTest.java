package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.diferido.database.PooledDataSource;
import org.diferido.database.ReusingDataSource;
import org.diferido.database.postgresql.Postgres17;
import org.diferido.database.postgresql.WorkProcedure;
import org.diferido.job.Job;
import org.diferido.job.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** A job is completed exactly when its work is done, whenever the database ends the session. */
class JoinedEndTest {

  private static final int JOBS = 200;
  private static final int SLOWEST_MS = 6;

  private final DataSource database = Postgres17.newDatabase();
  private final DataSource pool = PooledDataSource.over(database);
  private final ScheduledExecutorService killer = Executors.newScheduledThreadPool(2);
  private final ExecutorService workers = Executors.newFixedThreadPool(8);
  private final Queue<Future<?>> kills = new ConcurrentLinkedQueue<>();
  private final AtomicInteger turn = new AtomicInteger();

  /** When a session is killed, which is so for the lifetime of its connection. */
  private enum Kill {
    BEFORE_THE_RECORD,
    BEFORE_THE_COMMIT,
    DURING_THE_COMMIT,
    /** Done, but whoever asked for it never hears. */
    AFTER_THE_COMMIT,
    AT_ANY_TIME
  }

  @AfterEach
  void stop() {
    workers.shutdownNow();
    killer.shutdownNow();
  }

  @Test
  void ofTwoHundredJobsWhoseSessionIsKilledThoseAreCompletedWhoseWorkIsDone() throws Exception {
    WorkProcedure.install(database, SLOWEST_MS);
    WorkNode node = new WorkNode(pool, doomed());
    List<Future<Job>> running = new ArrayList<>();
    for (int at = 0; at < JOBS; at++) {
      running.add(workers.submit(node::run));
    }
    List<Job> ended = new ArrayList<>();
    for (Future<Job> each : running) {
      ended.add(node.registry.find(each.get().id()).orElseThrow());
    }
    for (Future<?> each : kills) {
      each.get();
    }
    Set<String> done = Set.copyOf(Postgres17.column(pool, "SELECT ID FROM WORK_DONE"));
    Map<JobStatus, Integer> statuses = new TreeMap<>();
    int right = 0;
    for (Job job : ended) {
      statuses.merge(job.status(), 1, Integer::sum);
      boolean completed = job.status() == JobStatus.SUCCEEDED;
      // One whose session died before its call waits for its database again.
      right += !job.status().isHeld() && completed == done.contains(job.id().hex()) ? 1 : 0;
    }
    System.out.printf("%d of %d jobs tell the truth: %s%n", right, JOBS, statuses);
    assertThat(right).isEqualTo(JOBS);
    assertThat(statuses).containsKeys(JobStatus.SUCCEEDED, JobStatus.FAILED);
  }

  /** Connections whose sessions do not live long, each in another way. */
  private DataSource doomed() {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> doomed(database.getConnection()));
  }

  private Connection doomed(Connection real) throws SQLException {
    int pid = real.unwrap(PGConnection.class).getBackendPID();
    Kill kill = Kill.values()[turn.getAndIncrement() % Kill.values().length];
    if (kill == Kill.AT_ANY_TIME) {
      killWithin(4 * SLOWEST_MS, pid);
    }
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              boolean commits = method.getName().equals("commit");
              if ((kill == Kill.BEFORE_THE_COMMIT && commits) || records(kill, method.getName())) {
                kill(pid);
              } else if (kill == Kill.DURING_THE_COMMIT && commits) {
                killWithin(2 * SLOWEST_MS, pid);
              }
              try {
                Object result = method.invoke(real, arguments);
                if (kill == Kill.AFTER_THE_COMMIT && commits) {
                  kill(pid);
                  throw ReusingDataSource.lost();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** The call is a prepareCall; a prepareStatement is the record of the job's end. */
  private static boolean records(Kill kill, String method) {
    return kill == Kill.BEFORE_THE_RECORD && method.equals("prepareStatement");
  }

  private void killWithin(int milliseconds, int pid) {
    long micros = ThreadLocalRandom.current().nextLong(milliseconds * 1000L);
    kills.add(killer.schedule(() -> kill(pid), micros, TimeUnit.MICROSECONDS));
  }

  private void kill(int pid) {
    Postgres17.column(pool, "SELECT pg_terminate_backend(" + pid + ", 5000)");
  }
}
