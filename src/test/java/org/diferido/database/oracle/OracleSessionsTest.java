package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.diferido.database.GatewayCalls;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.oracledouble.dictionary.Body;
import org.diferido.oracledouble.session.Engine.CommitFate;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the sessions of calls are called, what is seen of them, and how they die. */
class OracleSessionsTest {

  private static final String APP = OracleProcedures.OWNER;

  private final CountDownLatch told = new CountDownLatch(1);
  private final Semaphore mayEnd = new Semaphore(0);
  private final List<Progress> news = new CopyOnWriteArrayList<>();
  private OracleDouble db;
  private GatewayCalls calls;

  @BeforeEach
  void theDoubleIsThere() throws SQLException {
    db = new OracleDouble(APP, OracleProcedures.PASSWORD);
    calls = new GatewayCalls(OracleProcedureGatewayTest.dataSource(db), new OracleDialect());
    db.sql("CREATE TABLE T (N INTEGER)");
    db.procedure(
        APP,
        null,
        "INSERTA",
        call -> {
          try (var statement = call.connection().createStatement()) {
            statement.execute("INSERT INTO T VALUES (1)");
          }
        });
    db.function(
        APP,
        null,
        "CUANTAS",
        "NUMBER",
        call -> {
          try (var statement = call.connection().createStatement();
              var row = statement.executeQuery("SELECT COUNT(*) FROM T")) {
            row.next();
            call.returns(row.getInt(1));
          }
        });
  }

  @AfterEach
  void theDoubleIsGone() {
    mayEnd.release(1000);
    db.close();
    assertThat(db.unknown()).isEmpty();
  }

  /** A procedure that does something, and then waits until it may end. */
  private void waiting(String name, Body body) {
    db.procedure(
        APP,
        "PKG",
        name,
        call -> {
          body.run(call);
          told.countDown();
          mayEnd.acquire();
        });
  }

  private CompletableFuture<Failure> start(String name, CallTag tag) {
    BoundCall bound = calls.bound(ProcedureName.parse(name, null));
    CallListener listener =
        new CallListener() {
          @Override
          public void progressed(Progress progress) {
            news.add(progress);
          }
        };
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            calls.gateway().call(bound, tag, listener);
            return null;
          } catch (FailureException e) {
            return e.failure();
          }
        });
  }

  @Test
  void aSessionShowsTheJobTheProcedureAndTheCaller() throws Exception {
    waiting("LARGO", call -> {});
    CallTag tag = new CallTag("0123456789abcdef0123456789abcdef", "ñandú".repeat(20));
    var running = start("pkg.largo", tag);
    told.await();
    assertThat(db.sessions())
        .filteredOn(session -> tag.id().equals(session.attribute("CLIENTID")))
        .singleElement()
        .satisfies(
            session -> {
              assertThat(session.isActive()).isTrue();
              assertThat(session.attribute("MODULE")).isEqualTo("PKG.LARGO");
              assertThat(session.attribute("ACTION")).isEqualTo("diferido");
              // As many whole characters as fit into 64 bytes.
              assertThat(session.attribute("CLIENT_INFO")).isEqualTo("ñandú".repeat(9));
            });
    mayEnd.release();
    assertThat(running.get()).isNull();
  }

  @Test
  void anActionAloneIsAMessageAndWithNumbersAPercentage() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    db.procedure(
        APP,
        "PKG",
        "LARGO",
        call -> {
          call.action("preparando");
          told.countDown();
          mayEnd.acquire();
          call.action("7/50 lotes: cargando");
          second.countDown();
          mayEnd.acquire();
        });
    var running = start("pkg.largo", GatewayCalls.tag());
    told.await();
    calls.gateway().observe();
    assertThat(news).containsExactly(Progress.said("preparando"));
    mayEnd.release();
    second.await();
    calls.gateway().observe();
    mayEnd.release();
    assertThat(running.get()).isNull();
    assertThat(news).hasSize(2);
    Progress last = news.get(1);
    assertThat(last.source()).isEqualTo(Progress.Source.REPORTED);
    assertThat(last.percent()).isEqualTo(14);
    assertThat(last.message()).isEqualTo("cargando");
  }

  @Test
  void theNameOfALongOperationIsItsMessageWithoutAnAction() throws Exception {
    waiting("CON", call -> call.longops("Proceso", 10, 40, "lotes", null));
    var running = start("pkg.con", GatewayCalls.tag());
    told.await();
    calls.gateway().observe();
    mayEnd.release();
    assertThat(running.get()).isNull();
    assertThat(news)
        .containsExactly(
            Progress.longOperation(new BigDecimal(10), new BigDecimal(40), "lotes", "Proceso"));
  }

  /** The rows of an earlier call stay in V$SESSION_LONGOPS, and its session is used again. */
  @Test
  void anOperationOfTheCallBeforeIsNotTakenForThisOnes() throws Exception {
    db.procedure(APP, null, "ANTES", call -> call.longops("Antes", 40, 40, "lotes", null));
    calls.call("antes");
    waiting("LARGO", call -> {});
    var running = start("pkg.largo", GatewayCalls.tag());
    told.await();
    calls.gateway().observe();
    mayEnd.release();
    assertThat(running.get()).isNull();
    assertThat(news).isEmpty();
  }

  @Test
  void withoutTheGrantsCallsRunAndTheLogSaysItOnce() throws Exception {
    db.withoutGrants();
    waiting("LARGO", call -> call.action("preparando"));
    List<LogRecord> lines = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("org.diferido.database.Observation");
    Handler handler = new Lines(lines);
    logger.addHandler(handler);
    try {
      var running = start("pkg.largo", GatewayCalls.tag());
      told.await();
      for (int times = 0; times < 5; times++) {
        calls.gateway().observe();
      }
      mayEnd.release();
      assertThat(running.get()).isNull();
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(news).isEmpty();
    assertThat(lines)
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.getMessage() + " " + List.of(line.getParameters()))
                    .contains("no live progress", "ORA-00942")
                    .doesNotContain("docs.oracle.com"));
  }

  private static final class Lines extends Handler {

    private final List<LogRecord> lines;

    Lines(List<LogRecord> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void aServerThatDiesDuringTheCallLeavesTheOutcomeUnknownAndTheNextCallRuns() throws Exception {
    waiting("LARGO", call -> {});
    CallTag tag = GatewayCalls.tag();
    var running = start("pkg.largo", tag);
    told.await();
    assertThat(db.killSession(tag.id())).isEqualTo(1);
    assertThat(running.get().code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
    mayEnd.release(10);
    assertThat(calls.call("pkg.largo")).isEmpty();
  }

  @Test
  void aServerThatDiesBeforeTheCommitLeavesTheOutcomeUnknown() {
    BoundCall insert = calls.bound(ProcedureName.parse("inserta", null));
    db.onCommit(session -> CommitFate.DIES_BEFORE);
    Failure failure =
        GatewayCalls.failure(
            () -> calls.gateway().call(insert, GatewayCalls.tag(), new CallListener() {}));
    assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
    db.onCommit(session -> CommitFate.COMMITS);
    assertThat(calls.call("cuantas")).containsEntry("return_value", BigDecimal.ZERO);
  }

  @Test
  void aServerThatDiesAfterTheCommitLeavesTheOutcomeUnknownAsWell() {
    BoundCall insert = calls.bound(ProcedureName.parse("inserta", null));
    db.onCommit(session -> CommitFate.DIES_AFTER);
    Failure failure =
        GatewayCalls.failure(
            () -> calls.gateway().call(insert, GatewayCalls.tag(), new CallListener() {}));
    assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
    db.onCommit(session -> CommitFate.COMMITS);
    assertThat(calls.call("cuantas")).containsEntry("return_value", BigDecimal.ONE);
  }
}
