package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.diferido.database.GatewayCalls;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CallTransaction;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of calls that are seen and ended from other sessions and from other processes. */
class OracleSessionEndTest {

  private static final String APP = OracleProcedures.OWNER;
  private static final CallListener NOBODY = new CallListener() {};

  private final CallTag tag = GatewayCalls.tag();
  private final Semaphore waiting = new Semaphore(0);
  private OracleDouble db;
  private GatewayCalls calls;
  private GatewayCalls others;

  @BeforeEach
  void theDoubleIsThere() throws SQLException {
    db = new OracleDouble(APP, OracleProcedures.PASSWORD);
    calls = new GatewayCalls(OracleProcedureGatewayTest.dataSource(db), new OracleDialect());
    others = new GatewayCalls(OracleProcedureGatewayTest.dataSource(db), new OracleDialect());
    db.procedure(APP, null, "NADA", call -> {});
    db.procedure(
        APP,
        null,
        "ESPERA",
        call -> {
          waiting.release();
          new CountDownLatch(1).await();
        });
    db.procedure(
        APP,
        null,
        "INSISTE",
        call -> {
          for (int times = 0; times < 2; times++) {
            waiting.release();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              // One cancel is not enough.
            }
          }
        });
  }

  @AfterEach
  void theDoubleIsGone() {
    db.close();
    assertThat(db.unknown()).isEmpty();
  }

  /** How a call ends; null when it ends well. */
  private CompletableFuture<FailureCode> start(String name, CallListener listener) {
    BoundCall bound = calls.bound(ProcedureName.parse(name, null));
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            calls.gateway().call(bound, tag, listener);
            return null;
          } catch (FailureException e) {
            return e.failure().code();
          }
        });
  }

  @Test
  void theFirstTimeOnlyTheStatementIsStopped() throws Exception {
    CompletableFuture<FailureCode> end = start("espera", NOBODY);
    waiting.acquire();
    assertThat(calls.gateway().terminate(tag.id())).isTrue();
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(FailureCode.CANCELLED);
    assertThat(db.journal())
        .anyMatch(line -> line.startsWith("sql ALTER SYSTEM CANCEL SQL"))
        .noneMatch(line -> line.contains("KILL"));
    assertThat(calls.call("nada")).isEmpty();
    assertThat(calls.pool().calls()).doesNotContain("abort");
  }

  @Test
  void theSecondTimeTheSessionIsEndedAndItsConnectionWithIt() throws Exception {
    CompletableFuture<FailureCode> end = start("insiste", NOBODY);
    waiting.acquire();
    assertThat(calls.gateway().terminate(tag.id())).isTrue();
    waiting.acquire();
    assertThat(end).isNotDone();
    assertThat(calls.gateway().terminate(tag.id())).isTrue();
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(FailureCode.SESSION_ENDED);
    assertThat(db.journal())
        .anyMatch(line -> line.matches("sql ALTER SYSTEM KILL SESSION '\\d+, 1, @1' IMMEDIATE"));
    assertThat(calls.pool().calls()).contains("abort");
    assertThat(calls.call("nada")).isEmpty();
    assertThat(calls.gateway().terminate(tag.id())).isFalse();
  }

  @Test
  void aCallOfAnotherProcessIsSeenAndStoppedAndThenNotSeenAnyMore() throws Exception {
    CompletableFuture<FailureCode> end = start("espera", NOBODY);
    waiting.acquire();
    assertThat(others.gateway().terminate(tag.id())).isFalse();
    assertThat(others.gateway().alive(Set.of(tag.id(), "0123"))).contains(Set.of(tag.id()));
    assertThat(others.gateway().stopAbandoned(tag.id())).isTrue();
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(others.gateway().alive(Set.of(tag.id()))).contains(Set.of()));
    assertThat(others.gateway().stopAbandoned(tag.id())).isFalse();
  }

  @Test
  void aCallWhoseTransactionIsStillOpenIsSeenAndAfterItsCommitItIsNot() throws Exception {
    CountDownLatch returned = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<FailureCode> end =
        start(
            "nada",
            new CallListener() {
              @Override
              public void returned(ProcedureResult result, CallTransaction transaction) {
                returned.countDown();
                try {
                  mayEnd.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            });
    returned.await();
    assertThat(others.gateway().alive(Set.of(tag.id()))).contains(Set.of(tag.id()));
    mayEnd.countDown();
    assertThat(end.get(10, TimeUnit.SECONDS)).isNull();
    assertThat(others.gateway().alive(Set.of(tag.id()))).contains(Set.of());
    // This one asks in the very session that the call was in.
    assertThat(calls.gateway().alive(Set.of(tag.id()))).contains(Set.of());
  }

  @Test
  void withoutTheGrantToEndThemSessionsAreSeenAndTheLogSaysOnceWhatIsMissing() throws Exception {
    db.withoutAlterSystem();
    CompletableFuture<FailureCode> end = start("espera", NOBODY);
    waiting.acquire();
    List<String> lines =
        logged(
            () -> {
              assertThat(calls.gateway().terminate(tag.id())).isFalse();
              assertThat(calls.gateway().terminate(tag.id())).isFalse();
              assertThat(others.gateway().alive(Set.of(tag.id()))).contains(Set.of(tag.id()));
            });
    assertThat(lines).singleElement().asString().contains("ALTER SYSTEM", "ORA-01031");
    assertThat(calls.gateway().cancel(tag.id())).isTrue();
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(FailureCode.CANCELLED);
  }

  @Test
  void withoutTheGrantToSeeThemNobodyKnows() {
    db.withoutGrants();
    List<String> lines =
        logged(
            () -> {
              assertThat(others.gateway().alive(Set.of(tag.id()))).isEmpty();
              assertThat(others.gateway().stopAbandoned(tag.id())).isFalse();
            });
    assertThat(lines).singleElement().asString().contains("SYS.GV_$SESSION", "ORA-00942");
  }

  private static List<String> logged(Runnable asking) {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage() + " " + List.of(line.getParameters()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("org.diferido.database.CallSessions");
    logger.addHandler(handler);
    try {
      asking.run();
    } finally {
      logger.removeHandler(handler);
    }
    return lines;
  }
}
