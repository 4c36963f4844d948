package org.diferido.ui.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.it.Client;
import org.diferido.it.ServiceProcess;

/** What the tests of the console in one JVM share: a browser, and a service in demo mode. */
final class Stage implements AutoCloseable {

  /** Of assertions that wait; long, for a machine that has other things to do. */
  private static final double PATIENCE_MILLIS = 30_000;

  /** How long the demo's long process takes: long enough to look at. */
  private static final String SECONDS = "6";

  private final Chromium chromium;
  private final ServiceProcess service;
  private final Map<String, Client> people = new ConcurrentHashMap<>();

  private Stage(Chromium chromium, ServiceProcess service) {
    this.chromium = chromium;
    this.service = service;
  }

  static Stage open() {
    Chromium chromium = Chromium.open();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "console-");
      return new Stage(
          chromium, ServiceProcess.demo(folder, Map.of("diferido.demo.seconds", SECONDS)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Browser browser() {
    return chromium.browser();
  }

  ServiceProcess service() {
    return service;
  }

  /** Speaks to the service as one of the demo's people. */
  Client as(String person) {
    return people.computeIfAbsent(person, name -> service.client(tokenOf(name)));
  }

  private String tokenOf(String person) {
    return service.client(null).get("/demo/tokens").json().getJsonArray("people").stream()
        .map(each -> (JsonObject) each)
        .filter(each -> each.getString("name").equals(person))
        .findFirst()
        .orElseThrow()
        .getString("token");
  }

  @Override
  public void close() throws InterruptedException {
    service.close();
    chromium.close();
  }
}
