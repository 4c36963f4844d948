package org.diferido.execution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of the service this is, as the build wrote it down. */
public final class ServiceVersion {

  private static final String FILE = "version.properties";
  private static final String TEXT = read();

  private ServiceVersion() {}

  private static String read() {
    Properties properties = new Properties();
    try (InputStream file = ServiceVersion.class.getResourceAsStream(FILE)) {
      if (file != null) {
        properties.load(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("version");
    if (version == null) {
      throw new IllegalStateException("there is no version in " + FILE);
    }
    return version;
  }

  /** Such as {@code 1.0.0}. */
  public static String text() {
    return TEXT;
  }
}
