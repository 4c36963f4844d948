package org.diferido.rest.edge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the configuration gives to the edge. */
@ApplicationScoped
public class EdgeProducers {

  @Produces
  @Singleton
  EdgeSettings settings() {
    return EdgeSettings.from(ConfigProvider.getConfig());
  }
}
