package org.diferido.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.diferido.database.hsqldb.HsqldbDialect;
import org.diferido.database.hsqldb.HsqldbRegistryDialect;
import org.diferido.database.oracle.OracleDialect;
import org.diferido.database.oracle.OracleRegistryDialect;
import org.diferido.database.postgresql.PostgresDialect;
import org.diferido.database.postgresql.PostgresRegistryDialect;
import org.diferido.database.registry.EmbeddedRegistry;
import org.diferido.database.registry.JdbcJobRegistry;
import org.diferido.database.registry.JdbcProcedureStatistics;
import org.diferido.database.registry.JdbcResultStore;
import org.diferido.database.registry.RegistryDatabase;
import org.diferido.database.registry.SecretVault;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.JobRegistry;
import org.diferido.job.ProcedureStatistics;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.result.ResultStore;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The registry and the gateway over the data sources that the configuration names by JNDI: {@code
 * diferido.datasource.procedures}, and {@code diferido.datasource.registry}, which without its own
 * name is the same, and the embedded one where neither is named.
 */
@ApplicationScoped
public class DatabaseProducers {

  private static final String PROCEDURES = "diferido.datasource.procedures";
  private static final String REGISTRY = "diferido.datasource.registry";
  private static final String SECRET_KEY = "diferido.secret.key";
  private static final Duration SIGNATURES_KEPT = Duration.ofMinutes(1);

  /** An administrator may make the pool anew, and calls of a millisecond need not look each. */
  private static final Duration LOOKED_UP_AGAIN = Duration.ofSeconds(1);

  @Produces
  @Singleton
  ProcedureGateway gateway(Clock clock, DatabaseEvents events) {
    Optional<String> name = configured(PROCEDURES);
    return new JdbcProcedureGateway(
        name.<Supplier<DataSource>>map(
                jndi -> new KeptLookup(() -> lookup(PROCEDURES, jndi), clock, LOOKED_UP_AGAIN))
            .orElse(
                () -> {
                  throw notConfigured(PROCEDURES, null);
                }),
        List.of(new HsqldbDialect(), new OracleDialect(), new PostgresDialect()),
        new SignatureCache(clock, SIGNATURES_KEPT),
        events);
  }

  @Produces
  @Singleton
  RegistryDatabase registryDatabase(DatabaseEvents events) {
    String name =
        configured(REGISTRY).or(() -> configured(PROCEDURES)).orElse(EmbeddedRegistry.DATA_SOURCE);
    return new RegistryDatabase(
        () -> lookup(REGISTRY, name),
        List.of(
            new OracleRegistryDialect(),
            new PostgresRegistryDialect(),
            new HsqldbRegistryDialect()),
        events);
  }

  @Produces
  @Singleton
  ProcedureStatistics statistics(RegistryDatabase database) {
    return new JdbcProcedureStatistics(database);
  }

  @Produces
  @Singleton
  JobRegistry registry(RegistryDatabase database) {
    SecretVault vault =
        configured(SECRET_KEY).map(SecretVault::withKey).orElseGet(SecretVault::withPassingKey);
    return new JdbcJobRegistry(database, vault);
  }

  @Produces
  @Singleton
  ResultStore results(RegistryDatabase database) {
    return new JdbcResultStore(database);
  }

  private static Optional<String> configured(String property) {
    Config config = ConfigProvider.getConfig(DatabaseProducers.class.getClassLoader());
    return config.getOptionalValue(property, String.class);
  }

  @SuppressWarnings("BanJNDI") // the names are the administrator's, never a caller's
  private static DataSource lookup(String property, String jndi) {
    try {
      return DeclaredErrors.of(InitialContext.doLookup(jndi));
    } catch (NamingException e) {
      throw notConfigured(property + "=" + jndi, e);
    }
  }

  private static FailureException notConfigured(String what, @Nullable Throwable cause) {
    return new FailureException(Failure.of(FailureCode.NOT_CONFIGURED, what), cause);
  }
}
