package org.diferido.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of clients in {@code docs/clients} do what they say. */
class ClientExamplesIT {

  private static final Path EXAMPLES = Path.of("docs/clients");
  private static final long LONGEST_SECONDS = 120;

  @TempDir static Path folder;
  private static ServiceProcess service;

  @BeforeAll
  static void start() throws Exception {
    service = ServiceProcess.demo(folder.resolve("registry"), Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void curl() throws Exception {
    assertLeavesRows("bash", EXAMPLES.resolve("reporte.sh").toString());
  }

  @Test
  void java() throws Exception {
    assertLeavesRows(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        EXAMPLES.resolve("Reporte.java").toString());
  }

  @Test
  void python() throws Exception {
    assumeTrue(isThere("python3"), "python3 is not installed: its example is not run");
    assertLeavesRows("python3", EXAMPLES.resolve("reporte.py").toString());
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      Process asked = new ProcessBuilder(program, "--version").redirectErrorStream(true).start();
      return asked.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void assertLeavesRows(String... program) throws Exception {
    Path rows = Files.createTempFile(folder, "ventas", ".csv");
    List<String> command = new ArrayList<>(List.of(program));
    command.add("http://localhost:" + service.port());
    command.add(service.tokenOf("ana.gomez").orElseThrow());
    command.add(rows.toString());
    Path told = Files.createTempFile(folder, "told", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(told.toFile()).start();
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(told, UTF_8);
    assertThat(ended && process.exitValue() == 0).as(text).isTrue();
    assertThat(text).contains("completed");
    List<String> lines = Files.readAllLines(rows, UTF_8);
    assertThat(lines).hasSizeGreaterThan(100);
    assertThat(lines.get(0)).contains("FECHA", "REGION", "IMPORTE");
    assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(6));
  }
}
