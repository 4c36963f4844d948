package org.diferido.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.diferido.database.DatabaseEvents.Pool;
import org.diferido.failure.FailureCode;
import org.junit.jupiter.api.Test;

class DatabaseMetricsTest {

  private static final String[] REGISTRY = {"pool", "registry"};
  private static final String[] PROCEDURES = {"pool", "procedures"};

  private final Meters meters = new Meters();
  private final DatabaseMetrics databases = new DatabaseMetrics(meters);

  private MeterText scrape() {
    return MeterText.of(meters.written(Scrape.Format.TEXT.mediaType()), false);
  }

  @Test
  void whatIsBorrowedIsInUseUntilItIsGivenBack() {
    databases.borrowed(Pool.REGISTRY, 1);
    databases.borrowed(Pool.REGISTRY, 1);
    databases.borrowed(Pool.PROCEDURES, TimeUnit.SECONDS.toNanos(2));
    databases.givenBack(Pool.REGISTRY);
    MeterText scrape = scrape();
    assertThat(scrape.value("diferido_pool_used", REGISTRY)).isEqualTo(1);
    assertThat(scrape.value("diferido_pool_used", PROCEDURES)).isEqualTo(1);
    assertThat(databases.connections()).isEqualTo(2);
    assertThat(scrape.value("diferido_pool_borrow_seconds_count", REGISTRY)).isEqualTo(2);
    assertThat(scrape.value("diferido_pool_borrow_seconds_sum", PROCEDURES)).isEqualTo(2);
  }

  @Test
  void whatCouldNotBeHadIsNotInUse() {
    databases.notBorrowed(Pool.REGISTRY, TimeUnit.SECONDS.toNanos(30));
    MeterText scrape = scrape();
    assertThat(scrape.value("diferido_pool_used", REGISTRY)).isZero();
    assertThat(scrape.value("diferido_pool_borrow_failures_total", REGISTRY)).isEqualTo(1);
    assertThat(scrape.value("diferido_pool_borrow_failures_total", PROCEDURES)).isZero();
    assertThat(scrape.value("diferido_pool_borrow_seconds_sum", REGISTRY)).isEqualTo(30);
  }

  @Test
  void failuresAreCountedByTheirCode() {
    databases.failed(Pool.PROCEDURES, FailureCode.PROCEDURE_RAISED);
    databases.failed(Pool.PROCEDURES, FailureCode.PROCEDURE_RAISED);
    assertThat(
            scrape()
                .value(
                    "diferido_database_failures_total",
                    "pool",
                    "procedures",
                    "code",
                    "PROCEDURE_RAISED"))
        .isEqualTo(2);
  }
}
