package org.diferido.database.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;

/** The registry's tables: how they come to this version, and which registry they are. */
final class RegistrySchema {

  /** There is one; should somebody add another, all still see the same. */
  private static final String IDENTITY = "SELECT MIN(REGISTRY_ID) FROM ";

  private static final String TABLE = "DIFERIDO_REGISTRY";

  private static final Logger LOG = System.getLogger(RegistrySchema.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LAST_PAUSE = Duration.ofMillis(1600);

  private RegistrySchema() {}

  static void migrate(DataSource dataSource, RegistryDialect dialect) {
    Flyway flyway =
        Flyway.configure(RegistrySchema.class.getClassLoader())
            .dataSource(dataSource)
            .locations(dialect.migrations())
            .table(dialect.history())
            // The registry may share its schema with others' tables; its V1 has to run all the
            // same.
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load();
    if (hasFailed(flyway)) {
      // Where DDL is not transactional, a failure is remembered and would bar every later try.
      flyway.repair();
    }
    migrate(flyway);
  }

  /**
   * Flyway's nodes wait for each other while they migrate, but not while the first makes Flyway's
   * own table: the others then take it for somebody else's.
   */
  private static void migrate(Flyway flyway) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        flyway.migrate();
        return;
      } catch (FlywayException e) {
        if (pause.compareTo(LAST_PAUSE) > 0 || hasFailed(flyway)) {
          throw e;
        }
        LOG.log(Level.DEBUG, "another node may be making the registry: trying again", e);
      }
      LockSupport.parkNanos(pause.toNanos());
      pause = pause.multipliedBy(2);
    }
  }

  private static boolean hasFailed(Flyway flyway) {
    return Arrays.stream(flyway.info().all()).anyMatch(each -> each.getState().isFailed());
  }

  /** The schema that the registry's connections are in, quoted as a name in SQL. */
  static String nameOf(Handle handle, RegistryDialect dialect) {
    String name = handle.select(dialect.currentSchema()).mapTo(String.class).one();
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The query for {@link #identity} from a session that need not be in the registry's schema. */
  static String identityIn(String schema) {
    return IDENTITY + schema + "." + TABLE;
  }

  /** The name that the registry has had since it was first opened, by whatever node. */
  static Optional<String> identity(Handle handle) {
    return handle.select(IDENTITY + TABLE).mapTo(String.class).findOne();
  }

  /** The same, in a transaction: gives it one if nobody has. Of several nodes one does. */
  static String identityFromNowOn(Handle handle, RegistryDialect dialect) {
    dialect.lockRegistry().ifPresent(handle::execute);
    return identity(handle).orElseGet(() -> named(handle));
  }

  private static String named(Handle handle) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String name = HexFormat.of().formatHex(random);
    handle.execute("INSERT INTO DIFERIDO_REGISTRY (REGISTRY_ID) VALUES (?)", name);
    return name;
  }
}
