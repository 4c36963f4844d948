package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.diferido.database.registry.JoinedEndsContract;
import org.diferido.database.registry.RegistryDialect;
import org.diferido.oracledouble.OracleDouble;
import org.junit.jupiter.api.AfterEach;

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
  protected RegistryDialect dialect() {
    return new OracleRegistryDialect();
  }
}
