package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.diferido.database.registry.JoinedEndsContract;
import org.diferido.database.registry.RegistryDialect;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry.EndWithin;
import org.diferido.oracledouble.OracleDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Oracle's own driver and doubles. */
class OracleJoinedEndsTest extends JoinedEndsContract {

  private final List<OracleDouble> databases = new ArrayList<>();

  @Override
  protected DataSource newDatabase() {
    OracleDouble db = new OracleDouble(OracleProcedures.OWNER, OracleProcedures.PASSWORD);
    databases.add(db);
    try {
      return OracleProcedureGatewayTest.dataSource(db);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void everythingWasKnown() {
    databases.forEach(OracleDouble::close);
    assertThat(databases).allSatisfy(db -> assertThat(db.unknown()).isEmpty());
  }

  @Override
  protected void moveToAnotherSchema(Connection session) throws SQLException {
    databases.get(0).sql("CREATE SCHEMA ETL");
    try (Statement statement = session.createStatement()) {
      statement.execute("ALTER SESSION SET CURRENT_SCHEMA = ETL");
    }
  }

  /** A failed statement undoes itself and leaves the call its work. */
  @Override
  protected void assertFails(Job job) throws SQLException {
    databases.get(0).sql("CREATE TABLE WORK_DONE (ID INTEGER)");
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO WORK_DONE VALUES (1)");
    }
    assertThat(endWithin(job)).isEqualTo(EndWithin.POSTPONED);
    connection.commit();
    try (Connection another = database.getConnection();
        Statement statement = another.createStatement();
        ResultSet rows = statement.executeQuery("SELECT ID FROM WORK_DONE")) {
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void onlyWhatIsKnownToLeaveTheTransactionWholePostponesAnEnd() {
    assertThat(List.of(942, 1456, 1031, 60, 12899)).allMatch(OracleJoinedEndsTest::postpones);
    // Lost, cancelled, rolled back as a whole, raised by a trigger, unknown.
    assertThat(List.of(3113, 17002, 25402, 1013, 2091, 24761, 20001, 99999))
        .noneMatch(OracleJoinedEndsTest::postpones);
  }

  private static boolean postpones(int number) {
    return new OracleRegistryDialect()
        .undoesOnlyTheStatement(new SQLException("x", "72000", number));
  }

  @Override
  protected RegistryDialect dialect() {
    return new OracleRegistryDialect();
  }
}
