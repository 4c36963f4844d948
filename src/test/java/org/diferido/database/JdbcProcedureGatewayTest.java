package org.diferido.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.diferido.database.hsqldb.HsqldbDialect;
import org.diferido.demo.DemoDataSource;
import org.diferido.demo.DemoDatabase;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.Progress;
import org.hsqldb.jdbc.JDBCDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway does when the database does not. */
class JdbcProcedureGatewayTest {

  private static final DemoDataSource DEMO = new DemoDataSource();
  private static final CallTag TAG = new CallTag("1", "ana");

  private final ReusingDataSource pool = new ReusingDataSource(DEMO);
  private final JdbcProcedureGateway gateway =
      new JdbcProcedureGateway(pool::get, List.of(new HsqldbDialect()), uncached());
  private final BoundCall insert =
      bound("PROC_TEST_DML", "p_table_name", "tag-" + System.nanoTime());

  @BeforeAll
  static void theDemoIsThere() {
    DemoDatabase.create(DEMO);
  }

  @Test
  void aCallCommitsOnceAndGivesTheConnectionBackAsItWas() throws SQLException {
    run();
    assertThat(pool.calls())
        .containsSubsequence("setAutoCommit false", "commit", "setAutoCommit true", "close")
        .doesNotContain("rollback");
    assertThat(pool.idle()).hasSize(1);
    assertThat(pool.idle().get(0).getAutoCommit()).isTrue();
  }

  @Test
  void aPoolWithoutAutocommitGetsItsConnectionBackWithout() throws SQLException {
    Connection connection = pool.get().getConnection();
    connection.setAutoCommit(false);
    connection.close();
    run();
    assertThat(pool.idle().get(0).getAutoCommit()).isFalse();
  }

  @Test
  void withoutAConnectionNothingWasBegun() {
    pool.failAt("getConnection", new SQLException("refused", "08001"));
    assertThat(failure().code()).isEqualTo(FailureCode.DATABASE_UNAVAILABLE);
    assertThatThrownBy(gateway::ping).isInstanceOf(FailureException.class);
    assertThatThrownBy(() -> gateway.resolve(ProcedureName.parse("X", null)))
        .isInstanceOf(FailureException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"getAutoCommit", "setAutoCommit", "getMetaData", "prepareCall", "setObject"})
  void aConnectionLostBeforeTheCallMeansThatNothingWasBegun(String method) {
    pool.failAt(method, ReusingDataSource.lost());
    assertThat(failure().code()).isEqualTo(FailureCode.DATABASE_UNAVAILABLE);
    assertThat(pool.calls()).endsWith("close");
  }

  @ParameterizedTest
  @ValueSource(strings = {"getBigDecimal", "getResultSet"})
  void aConnectionLostBetweenTheCallAndTheCommitUndoesTheCall(String method) {
    pool.failAt(method, ReusingDataSource.lost());
    assertThat(failure().code()).isEqualTo(FailureCode.ROLLED_BACK);
    assertThat(pool.calls()).contains("rollback").endsWith("close");
  }

  @Test
  void aConnectionLostUnderTheCallLeavesTheOutcomeUnknown() {
    pool.failAt("execute", ReusingDataSource.lost());
    assertThat(failure().code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
    assertThat(pool.calls()).contains("rollback").endsWith("close");
  }

  @Test
  void aCommitWithoutAnAnswerLeavesTheOutcomeUnknown() {
    pool.failAt("commit", new SQLException("no answer", "HY000"));
    assertThat(failure().code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
  }

  @Test
  void aCommitThatBreaksInAWayNobodyForesawLeavesTheOutcomeUnknownToo() {
    pool.failAt("commit", new IllegalStateException("a defect of the driver"));
    assertThat(failure().code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
  }

  @Test
  void anErrorOfTheDatabaseIsToldWithItsState() {
    pool.failAt("execute", new SQLException("no more room", "53100"));
    assertThat(failure())
        .isEqualTo(
            Failure.ofDatabase(FailureCode.DATABASE_ERROR, "SQLSTATE-53100", "no more room"));
  }

  @Test
  void aConnectionThatCannotBeRolledBackIsNotGivenBackAlive() {
    SQLException first = new SQLException("first", "HY000");
    SQLException second = new SQLException("second", "HY000");
    pool.failAt("execute", first);
    pool.failAt("rollback", second);
    FailureException thrown = thrown();
    assertThat(thrown).hasCause(first);
    assertThat(first.getSuppressed()).containsExactly(second);
    assertThat(pool.calls()).containsSubsequence("rollback", "abort", "close");
    assertThat(pool.calls()).doesNotContain("setAutoCommit true");
  }

  @Test
  void whatNobodyForesawIsRolledBackToo() {
    RuntimeException defect = new IllegalStateException("a defect of the driver");
    pool.failAt("execute", defect);
    assertThatThrownBy(this::run).isSameAs(defect);
    assertThat(pool.calls()).containsSubsequence("rollback", "setAutoCommit true", "close");
  }

  @Test
  void anInterruptFromBeforeTheCallIsThereAfterIt() {
    Thread.currentThread().interrupt();
    run();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(pool.calls()).contains("commit");
  }

  @Test
  void anInterruptThatComesTooLateLeavesTheResultAndIsThereAfterIt() {
    BoundCall process = bound("PKG_ETL.PROCESO_LARGO", "vFECHA", "2025-12-10");
    System.setProperty("diferido.demo.seconds", "0");
    try {
      CallListener interrupting =
          new CallListener() {
            @Override
            public void progressed(Progress progress) {
              if (progress.percent() == 99) {
                Thread.currentThread().interrupt();
              }
            }
          };
      assertThat(gateway.call(process, TAG, interrupting).values()).containsKey("VRESULTADO");
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      System.clearProperty("diferido.demo.seconds");
    }
  }

  @Test
  void aDatabaseThatNobodySpeaksIsNotConfigured() {
    JdbcProcedureGateway mute = new JdbcProcedureGateway(() -> DEMO, List.of(), uncached());
    FailureException thrown = catchThrowableOfType(FailureException.class, mute::ping);
    assertThat(thrown.failure().code()).isEqualTo(FailureCode.NOT_CONFIGURED);
    assertThat(thrown.failure().arguments().get(0)).contains("HSQL Database Engine");
  }

  @Test
  void aDataSourceThatIsNotConfiguredIsToldAsIs() {
    FailureException missing = Failure.of(FailureCode.NOT_CONFIGURED, "none").toException();
    JdbcProcedureGateway none =
        new JdbcProcedureGateway(
            () -> {
              throw missing;
            },
            List.of(new HsqldbDialect()),
            uncached());
    assertThatThrownBy(none::ping).isSameAs(missing);
    assertThatThrownBy(() -> none.call(insert, TAG, new CallListener() {})).isSameAs(missing);
  }

  @Test
  void eachBorrowingAndEachFailureIsTold() {
    RecordedDatabaseEvents events = new RecordedDatabaseEvents();
    JdbcProcedureGateway watched =
        new JdbcProcedureGateway(pool::get, List.of(new HsqldbDialect()), uncached(), events);
    watched.call(insert, TAG, new CallListener() {});
    assertThat(events.told).containsExactly("procedures borrowed", "procedures given back");
    events.told.clear();
    BoundCall raising = bound("PROC_TEST_ERROR", "p_should_fail", "1");
    assertThat(catchThrowable(() -> watched.call(raising, TAG, new CallListener() {})))
        .isInstanceOf(FailureException.class);
    assertThat(events.told)
        .containsExactlyInAnyOrder(
            "procedures borrowed", "procedures given back", "procedures PROCEDURE_RAISED");
    events.told.clear();
    watched.ping();
    assertThat(events.told).containsExactly("procedures borrowed", "procedures given back");
  }

  @Test
  void soIsADatabaseThatIsNotThere() {
    RecordedDatabaseEvents events = new RecordedDatabaseEvents();
    JDBCDataSource nobody = new JDBCDataSource();
    nobody.setUrl("jdbc:hsqldb:mem:nobody;ifexists=true");
    JdbcProcedureGateway away =
        new JdbcProcedureGateway(() -> nobody, List.of(new HsqldbDialect()), uncached(), events);
    assertThat(catchThrowable(away::ping)).isInstanceOf(FailureException.class);
    assertThat(events.told)
        .containsExactly("procedures not borrowed", "procedures DATABASE_UNAVAILABLE");
  }

  private static SignatureCache uncached() {
    return new SignatureCache(Clock.systemUTC(), Duration.ZERO);
  }

  private void run() {
    gateway.call(insert, TAG, new CallListener() {});
  }

  private FailureException thrown() {
    FailureException thrown = catchThrowableOfType(FailureException.class, this::run);
    assertThat(thrown).isNotNull();
    return thrown;
  }

  private Failure failure() {
    return thrown().failure();
  }

  private static BoundCall bound(String procedure, String parameter, String value) {
    JdbcProcedureGateway plain =
        new JdbcProcedureGateway(() -> DEMO, List.of(new HsqldbDialect()), uncached());
    ProcedureName name = ProcedureName.parse(procedure, null);
    ProcedureCall.Argument argument =
        new ProcedureCall.Argument(parameter, value, true, null, null, false);
    return ArgumentMatching.match(
        new ProcedureCall(name, null, false, List.of(argument)), plain.resolve(name));
  }
}
