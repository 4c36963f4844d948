package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.diferido.database.GatewayCalls;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.oracledouble.value.Rows;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.ProcedureName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A procedure that is back at once, and whose cursor takes long. */
class OracleCancelledReadingTest {

  private static final String APP = OracleProcedures.OWNER;
  private static final int TIMES = 50;

  private final Semaphore fetching = new Semaphore(0);
  private OracleDouble db;
  private GatewayCalls calls;

  @BeforeEach
  void theDoubleIsThere() throws SQLException {
    db = new OracleDouble(APP, OracleProcedures.PASSWORD);
    calls = new GatewayCalls(OracleProcedureGatewayTest.dataSource(db), new OracleDialect());
    db.sql("CREATE TABLE T (N INTEGER)");
    db.procedure(APP, null, "NADA", call -> {});
  }

  @AfterEach
  void theDoubleIsGone() {
    db.close();
    assertThat(db.unknown()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 700})
  void aCancelEndsTheFetchAndUndoesTheCallAndTheConnectionIsUsedAgain(int last) throws Exception {
    Rows rows = Rows.of("N NUMBER");
    for (int row = 0; row < 2000; row++) {
      rows.row(row);
    }
    rows.admitting(row -> row != last || never());
    db.procedure(
        APP,
        null,
        "LENTO",
        call -> {
          try (var statement = call.connection().createStatement()) {
            statement.execute("INSERT INTO T VALUES (1)");
          }
          call.out("C", rows);
        },
        "C OUT REF CURSOR");
    BoundCall bound = calls.bound(ProcedureName.parse("lento", null));
    for (int number = 0; number < TIMES; number++) {
      CallTag tag = GatewayCalls.tag();
      CompletableFuture<Failure> failure =
          CompletableFuture.supplyAsync(
              () ->
                  GatewayCalls.failure(
                      () -> calls.gateway().call(bound, tag, new CallListener() {})));
      fetching.acquire();
      assertThat(calls.gateway().cancel(tag.id())).isTrue();
      assertThat(failure.get(10, TimeUnit.SECONDS).code()).isEqualTo(FailureCode.CANCELLED);
      assertThat(calls.call("nada")).isEmpty();
    }
    assertThat(db.sessions()).hasSize(1);
    try (var connection = OracleProcedureGatewayTest.dataSource(db).getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT COUNT(*) FROM T")) {
      row.next();
      assertThat(row.getInt(1)).isZero();
    }
  }

  private boolean never() {
    fetching.release();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
