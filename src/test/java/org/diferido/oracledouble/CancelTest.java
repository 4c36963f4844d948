package org.diferido.oracledouble;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.diferido.oracledouble.session.Engine.CommitFate;
import org.diferido.oracledouble.value.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that do not end by themselves. */
class CancelTest extends DriverTesting {

  private static final int CANCELLED = 1013;

  private final Semaphore started = new Semaphore(0);

  @BeforeEach
  void thereIsAProcedureThatNeverEnds() {
    db.procedure(
            USER,
            null,
            "ESPERA",
            call -> {
              started.release();
              new CountDownLatch(1).await();
            })
        .procedure(USER, null, "NADA", call -> {});
    db.sql("CREATE TABLE T(A INTEGER)");
  }

  private void isUsable() throws SQLException {
    try (CallableStatement call = connection.prepareCall("{call NADA}")) {
      call.execute();
    }
  }

  @Test
  void twoHundredCancelsEachEndTheirCallAndLeaveTheConnectionUsable() throws Exception {
    for (int at = 0; at < 200; at++) {
      try (CallableStatement call = connection.prepareCall("{call ESPERA}")) {
        CompletableFuture<SQLException> error =
            CompletableFuture.supplyAsync(() -> failure(call::execute));
        started.acquire();
        long begin = System.nanoTime();
        call.cancel();
        assertThat(error.get(5, SECONDS).getErrorCode()).isEqualTo(CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
      }
      isUsable();
    }
    assertThat(db.unknown()).isEmpty();
  }

  /** A cancel of the call's statement is void meanwhile: the driver executes another one. */
  @Test
  void aFetchFromACursorIsCancelledByTheStatementOfTheCursor() throws Exception {
    Rows rows = Rows.of("N NUMBER");
    for (int at = 0; at < 50; at++) {
      rows.row(at);
    }
    Rows slow = rows.admitting(this::until20);
    db.procedure(USER, null, "LENTO", call -> call.out("C", slow), "C OUT REF CURSOR");
    for (int at = 0; at < 50; at++) {
      try (CallableStatement call = connection.prepareCall("{call LENTO(?)}")) {
        call.registerOutParameter(1, Types.REF_CURSOR);
        call.execute();
        try (ResultSet cursor = call.getObject(1, ResultSet.class)) {
          // Asked for it during the fetch, the driver would wait for the fetch.
          Statement own = cursor.getStatement();
          CompletableFuture<Integer> code =
              CompletableFuture.supplyAsync(() -> code(() -> rows(cursor)));
          started.acquire();
          own.cancel();
          assertThat(code.get(5, SECONDS)).isEqualTo(CANCELLED);
        }
      }
      isUsable();
    }
    assertThat(db.unknown()).isEmpty();
  }

  /** What comes after twenty rows never comes. */
  private boolean until20(int row) {
    if (row == 20) {
      started.release();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return true;
  }

  @Test
  void aTimeoutIsACancelOfTheDriver() throws SQLException {
    try (CallableStatement call = connection.prepareCall("{call ESPERA}")) {
      call.setQueryTimeout(1);
      SQLException error = failure(call::execute);
      assertThat((Throwable) error).isInstanceOf(SQLTimeoutException.class);
      assertThat(error.getErrorCode()).isEqualTo(CANCELLED);
    }
    isUsable();
  }

  @Test
  void aCancelWhenNothingRunsIsVoid() throws SQLException {
    try (CallableStatement call = connection.prepareCall("{call NADA}")) {
      call.execute();
      call.cancel();
      call.execute();
    }
    isUsable();
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void whatACancelledCallHasDoneIsUndone() throws Exception {
    db.procedure(
        USER,
        null,
        "ESCRIBE",
        call -> {
          try (var statement = call.connection().createStatement()) {
            statement.execute("INSERT INTO T VALUES (1)");
          }
          started.release();
          new CountDownLatch(1).await();
        });
    connection.setAutoCommit(false);
    try (CallableStatement call = connection.prepareCall("{call ESCRIBE}")) {
      CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> code(call::execute));
      started.acquire();
      call.cancel();
      assertThat(code.get(5, SECONDS)).isEqualTo(CANCELLED);
    }
    connection.commit();
    assertThat(rows("SELECT COUNT(*) FROM T")).containsExactly("0");
  }

  @Test
  void aServerThatDiesTakesItsCallsWithIt() throws Exception {
    // The statement of a connection that is gone cannot be closed.
    CallableStatement call = connection.prepareCall("{call ESPERA}");
    CompletableFuture<SQLException> error =
        CompletableFuture.supplyAsync(() -> failure(call::execute));
    started.acquire();
    db.killSessions();
    assertThat((Throwable) error.get(5, SECONDS)).isInstanceOf(SQLRecoverableException.class);
    assertThat(connection.isValid(1)).isFalse();
    await().until(() -> db.sessions().isEmpty());
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void oneSessionCanDieAlone() throws Exception {
    try (Connection other = connect()) {
      other.setClientInfo("OCSID.CLIENTID", "trabajo-1");
      CallableStatement call = other.prepareCall("{call ESPERA}");
      CompletableFuture<SQLException> error =
          CompletableFuture.supplyAsync(() -> failure(call::execute));
      started.acquire();
      assertThat(db.killSession("trabajo-1")).isEqualTo(1);
      assertThat((Throwable) error.get(5, SECONDS)).isInstanceOf(SQLRecoverableException.class);
    }
    isUsable();
  }

  @Test
  void aServerMayDieOfACommitBeforeOrAfterIt() throws SQLException {
    for (CommitFate fate : new CommitFate[] {CommitFate.DIES_BEFORE, CommitFate.DIES_AFTER}) {
      db.onCommit(
          session -> "trabajo-1".equals(session.attribute("CLIENTID")) ? fate : CommitFate.COMMITS);
      try (Connection other = connect()) {
        other.setAutoCommit(false);
        other.setClientInfo("OCSID.CLIENTID", "trabajo-1");
        try (var statement = other.createStatement()) {
          statement.execute(
              "INSERT INTO T VALUES (" + (fate == CommitFate.DIES_AFTER ? 1 : 0) + ")");
        }
        assertThat((Throwable) failure(other::commit)).isInstanceOf(SQLRecoverableException.class);
      }
    }
    assertThat(rows("SELECT A FROM T")).containsExactly("1");
    assertThat(db.unknown()).isEmpty();
  }
}
