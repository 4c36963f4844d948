package org.diferido.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command line of WildFly, as its {@code bin/standalone.sh} makes it: the JVM itself, so that a
 * signal to the process is one to the server.
 *
 * <p>The scripts of {@code server-config/wildfly} are applied as the README has it, once in a JVM
 * of the tests for the same scripts; each server then has files of its own.
 */
final class WildFlyCommand implements ServerCommand {

  private static final long LONGEST_SCRIPT_SECONDS = 120;
  private static final List<String> FOR_ANY = List.of("microprofile", "server");
  private static final Map<List<String>, Path> CONFIGURED = new HashMap<>();

  /** As {@code bin/common.sh} has it for a JDK with modules. */
  private static final List<String> OPENED =
      Stream.of(
              "java.base/java.lang",
              "java.base/java.lang.invoke",
              "java.base/java.lang.reflect",
              "java.base/java.io",
              "java.base/java.net",
              "java.base/java.security",
              "java.base/java.util",
              "java.base/java.util.concurrent",
              "java.management/javax.management",
              "java.naming/javax.naming")
          .map(each -> "--add-opens=" + each + "=ALL-UNNAMED")
          .toList();

  private final Path folder;
  private final int port;
  private final List<String> properties = new ArrayList<>();
  private final List<String> scripts = new ArrayList<>(FOR_ANY);

  WildFlyCommand(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  @Override
  public WildFlyCommand demo(Map<String, String> settings) {
    properties.add("-Ddiferido.demo=true");
    settings.forEach((name, value) -> properties.add("-D" + name + "=" + value));
    return this;
  }

  @Override
  public ServerCommand pools(String database) {
    scripts.add(database);
    return this;
  }

  @Override
  public List<String> deploying(Path war) throws IOException {
    List<String> command = empty();
    Path deployed = deployments().resolve("ROOT.war");
    if (!Files.exists(deployed)) {
      Files.copy(war, deployed);
    }
    return command;
  }

  /** Where it looks for what is to be deployed. */
  Path deployments() {
    return base().resolve("deployments");
  }

  private Path base() {
    return folder.resolve("wildfly-" + port);
  }

  /** The server without the service. */
  List<String> empty() throws IOException {
    Path home = configured(scripts);
    Path base = base();
    if (!Files.exists(base)) {
      Files.createDirectories(folder);
      copy(home.resolve("standalone"), base);
    }
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(OPENED);
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
            "-Ddiferido.registry.folder=" + folder.resolve("registry"),
            "-Djboss.http.port=" + port,
            "-Djboss.https.port=" + ServiceProcess.freePort(),
            "-Djboss.management.http.port=" + ServiceProcess.freePort(),
            "-Djboss.home.dir=" + home,
            "-Djboss.server.base.dir=" + base,
            "-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"),
            "-Dlogging.configuration=file:" + base.resolve("configuration/logging.properties")));
    command.addAll(properties);
    command.addAll(
        List.of(
            "-jar",
            home.resolve("jboss-modules.jar").toString(),
            "-mp",
            home.resolve("modules").toString(),
            "org.jboss.as.standalone"));
    return command;
  }

  /** A home of WildFly to which the scripts were applied. */
  private static synchronized Path configured(List<String> scripts) throws IOException {
    Path known = CONFIGURED.get(scripts);
    if (known != null) {
      return known;
    }
    Path home = newHome(scripts);
    CONFIGURED.put(List.copyOf(scripts), home);
    return home;
  }

  /** A home for a server that is started in it, with the scripts for any. */
  static Path newHome() throws IOException {
    return newHome(FOR_ANY);
  }

  private static Path newHome(List<String> scripts) throws IOException {
    Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "wildfly-home-");
    Path distribution = Path.of(ServerCommand.required("diferido.server.wildfly"));
    for (String shared : List.of("bin", "docs", "jboss-modules.jar", "modules/system")) {
      Path link = home.resolve(shared);
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, distribution.resolve(shared));
    }
    copy(distribution.resolve("standalone"), home.resolve("standalone"));
    for (String script : scripts) {
      apply(script, home);
    }
    return home;
  }

  private static void apply(String script, Path home) throws IOException {
    Path file = Path.of("server-config/wildfly", script + ".cli").toAbsolutePath();
    Path told = Files.createTempFile(home, script, ".log");
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin/jboss-cli.sh").toString(), "--file=" + file)
            // Where the driver is.
            .directory(new File(ServerCommand.required("diferido.server.drivers")))
            .redirectErrorStream(true)
            .redirectOutput(told.toFile());
    builder.environment().put("JBOSS_HOME", home.toString());
    builder.environment().put("NOPAUSE", "true");
    Process process = builder.start();
    try {
      if (!process.waitFor(LONGEST_SCRIPT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(file + " could not be applied: " + Files.readString(told));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          each -> {
            try {
              Files.copy(each, to.resolve(from.relativize(each).toString()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
