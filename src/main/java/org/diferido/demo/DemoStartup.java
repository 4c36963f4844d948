package org.diferido.demo;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Makes the demo database when demo mode is on, before any job is taken; says loudly that it is on.
 */
@DataSourceDefinition(
    name = DemoStartup.DATA_SOURCE,
    className = "org.diferido.demo.DemoDataSource",
    user = "SA",
    password = "",
    initialPoolSize = 0,
    minPoolSize = 0,
    maxPoolSize = 120)
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DemoStartup {

  static final String DATA_SOURCE = "java:app/jdbc/demo";

  private static final Logger LOG = System.getLogger(DemoStartup.class.getName());

  @PostConstruct
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void start() {
    if (!DemoMode.isOn()) {
      return;
    }
    LOG.log(
        Level.WARNING,
        "DEMO MODE IS ON: demo procedures, and tokens for anybody on this machine who asks for"
            + " one. Not for production.");
    DemoDatabase.create(dataSource());
  }

  @PreDestroy
  void stop() {
    if (DemoMode.isOn()) {
      try {
        DemoDatabase.close(dataSource());
      } catch (SQLException e) {
        LOG.log(Level.WARNING, "the demo database could not be closed", e);
      }
    }
  }

  @SuppressWarnings("BanJNDI") // a name of our own
  private static DataSource dataSource() {
    try {
      return InitialContext.doLookup(DATA_SOURCE);
    } catch (NamingException e) {
      throw new IllegalStateException("the demo's data source is not there", e);
    }
  }
}
