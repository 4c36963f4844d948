package org.diferido;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/** A configuration to test with: texts by name. As MicroProfile says, an empty one is not there. */
public final class TestConfig implements Config {

  private final Map<String, String> values;

  private TestConfig(Map<String, String> values) {
    this.values = values;
  }

  /** Names and values in turn. */
  public static Config of(String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      values.put(namesAndValues[at], namesAndValues[at + 1]);
    }
    return new TestConfig(values);
  }

  /** What sources give together; the one with the highest ordinal goes first. */
  public static Config from(ConfigSource... sources) {
    Map<String, String> values = new HashMap<>();
    Arrays.stream(sources)
        .sorted((one, other) -> Integer.compare(one.getOrdinal(), other.getOrdinal()))
        .forEach(source -> values.putAll(source.getProperties()));
    return new TestConfig(values);
  }

  @Override
  public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
    return Optional.ofNullable(values.get(name))
        .filter(text -> !text.isEmpty())
        .map(text -> type == Duration.class ? Duration.parse(text) : text)
        .map(type::cast);
  }

  @Override
  public <T> T getValue(String name, Class<T> type) {
    return getOptionalValue(name, type).orElseThrow();
  }

  @Override
  public Iterable<String> getPropertyNames() {
    return Set.copyOf(values.keySet());
  }

  @Override
  public ConfigValue getConfigValue(String name) {
    throw new AssertionError("the settings are not read this way");
  }

  @Override
  public Iterable<ConfigSource> getConfigSources() {
    throw new AssertionError("the settings are not read this way");
  }

  @Override
  public <T> Optional<Converter<T>> getConverter(Class<T> type) {
    throw new AssertionError("the settings are not read this way");
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new AssertionError("the settings are not read this way");
  }
}
