package org.diferido.housekeeping;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.diferido.job.NodeSilence;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads the retention once, at start. */
@ApplicationScoped
public class RetentionProducer {

  @Produces
  @Singleton
  Retention retention() {
    return Retention.from(ConfigProvider.getConfig());
  }

  @Produces
  @Singleton
  NodeSilence silence(Retention retention) {
    return new NodeSilence(retention.silence());
  }
}
