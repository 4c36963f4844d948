package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.database.GatewayCalls.in;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.diferido.database.Dialect;
import org.diferido.database.GatewayCalls;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.ProcedureName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cancels that come before the driver has anything to cancel, and procedures that resist. */
class PostgresCancelOdditiesTest {

  private static final int CANCELS = 200;
  private static final int AT_ONCE = 4;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final DataSource DATABASE = Postgres17.newDatabase();

  private final GatewayCalls calls = new GatewayCalls(DATABASE, new PostgresDialect());
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

  @BeforeAll
  static void proceduresAreThere() {
    Postgres17.execute(
        DATABASE,
        """
        CREATE TABLE filas (n integer);
        CREATE PROCEDURE duerme(segundos numeric, OUT quien integer) LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO filas VALUES (1); PERFORM pg_sleep(segundos);
             quien := pg_backend_pid(); END $$;
        CREATE PROCEDURE gira() LANGUAGE plpgsql AS 'BEGIN LOOP NULL; END LOOP; END';
        CREATE TABLE sigue (n integer);
        CREATE PROCEDURE insiste() LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_sleep(60);
             EXCEPTION WHEN query_canceled THEN INSERT INTO sigue VALUES (1); END $$;
        CREATE PROCEDURE se_recupera() LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN OTHERS THEN NULL; END $$;
        CREATE FUNCTION duerme_funcion(segundos numeric) RETURNS integer LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_sleep(segundos); RETURN 1; END $$;
        """);
  }

  @AfterEach
  void threadsEnd() {
    threads.shutdownNow();
  }

  @Test
  void aCancelIsHeardHoweverEarlyItComes() throws Exception {
    BoundCall call = calls.bound(name("duerme"), in("segundos", new BigDecimal(60)));
    List<Future<Duration>> each = new ArrayList<>();
    for (int number = 0; number < CANCELS; number++) {
      boolean atOnce = number % 2 == 0;
      each.add(threads.submit(() -> cancelled(call, atOnce)));
    }
    List<Duration> times = new ArrayList<>();
    for (Future<Duration> one : each) {
      times.add(one.get(60, TimeUnit.SECONDS));
    }
    assertThat(times).hasSize(CANCELS).allMatch(time -> time.compareTo(SOON) < 0);
    // One more than calls: who observes has a session, too.
    assertThat(calls.pool().idle()).hasSizeLessThanOrEqualTo(AT_ONCE + 1);
    assertThat(Postgres17.column(DATABASE, "SELECT n FROM filas")).isEmpty();
  }

  /** How long a call went on after its cancel; its session serves the next call. */
  private Duration cancelled(BoundCall call, boolean atOnce) throws Exception {
    CallTag tag = GatewayCalls.tag();
    CompletableFuture<Failure> failure = inBackground(call, tag);
    if (!atOnce) {
      Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> isRunning(tag));
    }
    while (!calls.gateway().cancel(tag.id())) {
      Thread.onSpinWait();
    }
    long from = System.nanoTime();
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              calls.gateway().observe();
              return failure.isDone();
            });
    assertThat(failure.get().code()).isEqualTo(FailureCode.CANCELLED);
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    calls.call("duerme_funcion", in("segundos", BigDecimal.ZERO));
    return took;
  }

  @Test
  void aLoopThatOnlyComputesIsCancelledToo() throws Exception {
    assertThat(cancelled(calls.bound(name("gira")), false)).isLessThan(SOON);
  }

  @Test
  void aFunctionIsCancelledToo() throws Exception {
    BoundCall call = calls.bound(name("duerme_funcion"), in("segundos", new BigDecimal(60)));
    assertThat(cancelled(call, false)).isLessThan(SOON);
  }

  @Test
  void whoCatchesEverythingElseDoesNotCatchACancel() throws Exception {
    assertThat(cancelled(calls.bound(name("se_recupera")), false)).isLessThan(SOON);
  }

  /**
   * A handler may go on, or be stopped as well: the server signals a process and its group. What is
   * told is what was done.
   */
  @Test
  void ofWhoCatchesTheCancelIsToldWhatWasDone() throws Exception {
    CallTag tag = GatewayCalls.tag();
    BoundCall call = calls.bound(name("insiste"));
    CompletableFuture<FailureCode> end =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                calls.gateway().call(call, tag, new CallListener() {});
                return null;
              } catch (FailureException e) {
                return e.failure().code();
              }
            });
    Awaitility.await().until(() -> isRunning(tag));
    assertThat(calls.gateway().cancel(tag.id())).isTrue();
    FailureCode failed = end.get(10, TimeUnit.SECONDS);
    assertThat(failed).isIn(null, FailureCode.CANCELLED);
    assertThat(Postgres17.column(DATABASE, "SELECT n FROM sigue")).hasSize(failed == null ? 1 : 0);
  }

  /**
   * The driver's own BEGIN could be cancelled in place of the call behind it, which would then be
   * committed by itself.
   */
  @Test
  void aTransactionIsOpenBeforeItsCallCanBeCancelled() {
    DataSource database = Postgres17.newDatabase();
    List<String> states = new CopyOnWriteArrayList<>();
    Dialect watched = whenWatched(() -> states.addAll(othersStates(database)));
    Postgres17.execute(database, "CREATE PROCEDURE nada() LANGUAGE plpgsql AS 'BEGIN END'");
    new GatewayCalls(database, watched).call("nada");
    assertThat(states).containsExactly("idle in transaction");
  }

  /** A dialect that does something else before a call is sent. */
  private static Dialect whenWatched(Runnable also) {
    Dialect dialect = new PostgresDialect();
    return (Dialect)
        Proxy.newProxyInstance(
            Dialect.class.getClassLoader(),
            new Class<?>[] {Dialect.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("watch")) {
                also.run();
              }
              return method.invoke(dialect, arguments);
            });
  }

  private static List<String> othersStates(DataSource database) {
    return Postgres17.column(
        database,
        "SELECT state FROM pg_stat_activity WHERE datname = current_database()"
            + " AND pid <> pg_backend_pid()");
  }

  private CompletableFuture<Failure> inBackground(BoundCall call, CallTag tag) {
    return CompletableFuture.supplyAsync(
        () -> GatewayCalls.failure(() -> calls.gateway().call(call, tag, new CallListener() {})));
  }

  private static boolean isRunning(CallTag tag) {
    return !Postgres17.column(
            DATABASE,
            "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND wait_event IS DISTINCT FROM 'ClientRead'"
                + " AND query LIKE '/* diferido:"
                + tag.id()
                + " %'")
        .isEmpty();
  }

  private static ProcedureName name(String name) {
    return ProcedureName.parse(name, null);
  }
}
