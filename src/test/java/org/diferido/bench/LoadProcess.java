package org.diferido.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diferido.bench.load.LoadGenerator;
import org.diferido.bench.load.RawLimits;

/** Runs one of the programs of {@code bench.load} in a JVM of its own, and reads what it prints. */
final class LoadProcess {

  /** As many as the issue of the bench names: more than workers, so that none waits for work. */
  private static final int HTTP_CONNECTIONS = 32;

  private final Stand stand;

  LoadProcess(Stand stand) {
    this.stand = stand;
  }

  /** Loads the service. */
  JsonObject load(Map<String, String> arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(line(arguments));
    line.add("ports=" + stand.ports());
    line.add("token=" + stand.tokenFile());
    line.add("connections=" + HTTP_CONNECTIONS);
    return run(LoadGenerator.class, line);
  }

  /** Measures the database, on as many connections as the service has workers. */
  JsonObject raw(String work, Map<String, String> arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(line(arguments));
    line.add("url=" + stand.database().url() + "?user=postgres&ApplicationName=raw");
    line.add("work=" + work);
    line.add("connections=" + stand.workers());
    return run(RawLimits.class, line);
  }

  private static List<String> line(Map<String, String> arguments) {
    return arguments.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .toList();
  }

  private static JsonObject run(Class<?> program, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    // One that loads needs little, and what it collects it does not collect beside the service.
    command.addAll(List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-cp", classPath()));
    command.add(program.getName());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    Thread end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
    try {
      String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(program.getSimpleName() + " ended with " + process.exitValue());
      }
      try (JsonReader reader = Json.createReader(new StringReader(told))) {
        return reader.readObject();
      }
    } finally {
      process.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(end);
    }
  }

  private static String classPath() {
    Path drivers = Path.of(System.getProperty("diferido.server.drivers"));
    return Path.of("target/test-classes").toAbsolutePath()
        + File.pathSeparator
        + drivers.resolve("postgresql.jar");
  }
}
