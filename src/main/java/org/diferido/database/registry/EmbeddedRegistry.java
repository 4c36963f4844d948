package org.diferido.database.registry;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/**
 * The data source of the embedded registry, and its end: it is closed when the application stops,
 * so that the next deployment can open it. Whoever uses it depends on this bean and stops before.
 */
@DataSourceDefinition(
    name = EmbeddedRegistry.DATA_SOURCE,
    className = "org.diferido.database.registry.EmbeddedRegistryDataSource",
    user = "SA",
    password = "",
    initialPoolSize = 0,
    minPoolSize = 0,
    maxPoolSize = 32)
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EmbeddedRegistry {

  public static final String DATA_SOURCE = "java:app/jdbc/registry";

  private static final Logger LOG = System.getLogger(EmbeddedRegistry.class.getName());

  @PreDestroy
  void close() {
    try {
      EmbeddedRegistryDataSource.shutdown();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "the embedded registry could not be closed", e);
    }
  }
}
