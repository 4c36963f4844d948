package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

/** Flyway's own questions to Oracle. */
class FlywayTest extends DriverTesting {

  private static final String HISTORY = "HISTORIA";

  private Flyway flyway(String... locations) {
    return Flyway.configure()
        .dataSource(db.url(), USER, PASSWORD)
        .locations(locations)
        .table(HISTORY)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load();
  }

  @Test
  void anEmptySchemaIsMigratedAndThenLeftAlone() throws SQLException {
    Flyway flyway = flyway("classpath:oracledouble/migrations");
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
    assertThat(flyway.migrate().migrationsExecuted).isZero();
    assertThat(flyway.info().current().getVersion().getVersion()).isEqualTo("2");
    assertThat(rows("SELECT ID, NUMERO, NODO FROM TRABAJOS")).containsExactly("1|1|null");
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void aSchemaWithProceduresInItIsNotEmptyAndGetsABaseline() throws SQLException {
    db.procedure(USER, "PKG_ETL", "P", call -> {});
    assertThat(flyway("classpath:oracledouble/migrations").migrate().migrationsExecuted)
        .isEqualTo(2);
    assertThat(rows("SELECT \"version\", \"type\" FROM HISTORIA ORDER BY \"installed_rank\""))
        .containsExactly("0|BASELINE", "1|SQL", "2|SQL");
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void aFailureIsRememberedUntilItIsRepaired() throws SQLException {
    db.sql("CREATE TABLE TRABAJOS(ID NUMBER)");
    Flyway flyway = flyway("classpath:oracledouble/migrations");
    assertThatThrownBy(flyway::migrate)
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("ORA-00955");
    assertThat(flyway.info().all())
        .extracting(each -> each.getState().isFailed())
        .containsExactly(false, true, false);
    db.sql("DROP TABLE TRABAJOS");
    flyway.repair();
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
    assertThat(db.unknown()).isEmpty();
  }

  /** They wait for each other from when Flyway's own table is there, and not before. */
  @Test
  void ofTwoThatMigrateAtOnceOneWaits() throws Exception {
    flyway("classpath:oracledouble/migrations").baseline();
    CompletableFuture<Integer> other =
        CompletableFuture.supplyAsync(
            () -> flyway("classpath:oracledouble/migrations").migrate().migrationsExecuted);
    int mine = flyway("classpath:oracledouble/migrations").migrate().migrationsExecuted;
    assertThat(mine + other.get(60, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(rows("SELECT COUNT(*) FROM TRABAJOS")).containsExactly("1");
  }
}
