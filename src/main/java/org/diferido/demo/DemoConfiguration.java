package org.diferido.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** What demo mode sets; empty without it. Files and the environment go before it. */
public final class DemoConfiguration implements ConfigSource {

  private static final int ORDINAL = 50;

  private final Map<String, String> properties = properties();

  private static Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    if (DemoMode.isOn()) {
      // Configuration is read before any database is opened, and afterwards it would be too late.
      DemoDataSource.allowBodies();
      properties.put("diferido.datasource.procedures", DemoStartup.DATA_SOURCE);
      properties.put("diferido.datasource.registry", "java:app/jdbc/registry");
      properties.put("diferido.access", "procedure-caller=*;job-operator=*");
    }
    if (DemoMode.issuesTokens()) {
      properties.put("mp.jwt.verify.publickey", DemoIssuer.publicKey());
      properties.put("mp.jwt.verify.issuer", DemoIssuer.ISSUER);
      properties.put("mp.jwt.verify.audiences", DemoIssuer.AUDIENCE);
    }
    return Map.copyOf(properties);
  }

  @Override
  public Map<String, String> getProperties() {
    return properties;
  }

  @Override
  public Set<String> getPropertyNames() {
    return properties.keySet();
  }

  @Override
  public @Nullable String getValue(String property) {
    return properties.get(property);
  }

  @Override
  public String getName() {
    return "diferido: demo mode";
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }
}
