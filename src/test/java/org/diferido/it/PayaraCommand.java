package org.diferido.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The command line of Payara Micro, as the README has it. */
final class PayaraCommand implements ServerCommand {

  private static final Path SCRIPTS = Path.of("server-config/payara");

  private final Path folder;
  private final int port;
  private final List<String> properties = new ArrayList<>();
  private final List<String> scripts = new ArrayList<>(List.of("loopback", "http"));
  private final List<String> options = new ArrayList<>();
  private List<String> compilers = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  private int poolSize;

  /**
   * Begins one.
   *
   * @param folder where it keeps its files
   */
  PayaraCommand(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  @Override
  public PayaraCommand demo(Map<String, String> settings) {
    properties.add("-Ddiferido.demo=true");
    settings.forEach((name, value) -> properties.add("-D" + name + "=" + value));
    return this;
  }

  @Override
  public PayaraCommand pools(String database) {
    String driver = (database.equals("oracle") ? "ojdbc11" : database) + ".jar";
    Path drivers = Path.of(ServerCommand.required("diferido.server.drivers"));
    options.addAll(List.of("--addlibs", drivers.resolve(driver).toString()));
    scripts.add(database);
    return this;
  }

  /** With the JVM's own choice of compilers and collector, as in production: it starts slower. */
  PayaraCommand untouched() {
    compilers = List.of();
    return this;
  }

  /** With so many connections in each pool, rather than as many as its script says. */
  PayaraCommand poolsOf(int connections) {
    poolSize = connections;
    return this;
  }

  /** It listens when the service is there. */
  @Override
  public List<String> deploying(Path war) throws IOException {
    scripts.add("closed");
    List<String> command = java();
    command.addAll(List.of("-jar", serverJar(), "--deploy", war.toString(), "--contextroot", "/"));
    command.addAll(server());
    command.addAll(List.of("--postdeploycommandfile", SCRIPTS.resolve("open.asadmin").toString()));
    command.addAll(options);
    return command;
  }

  /** A {@link ControlledServer}. */
  List<String> controlled(Path war) throws IOException {
    List<String> command = java();
    command.addAll(opened());
    String tests = Path.of("target/test-classes").toAbsolutePath().toString();
    command.addAll(List.of("-cp", serverJar() + File.pathSeparator + tests));
    command.addAll(List.of(ControlledServer.class.getName(), war.toString()));
    command.addAll(server());
    return command;
  }

  private List<String> java() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "-Xmx512m",
            "-Dorg.glassfish.startupThreadPolicy=USE_NO_THREADS",
            "-Djakarta.json.provider=org.eclipse.parsson.JsonProviderImpl",
            "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
            "-Ddiferido.registry.folder=" + folder.resolve("registry")));
    command.addAll(compilers);
    command.addAll(properties);
    return command;
  }

  /** What the server's jar asks of the JVM in its manifest, which counts only for {@code -jar}. */
  private static List<String> opened() throws IOException {
    try (JarFile jar = new JarFile(serverJar())) {
      String packages = jar.getManifest().getMainAttributes().getValue("Add-Opens");
      return Stream.of(packages.split(" "))
          .flatMap(each -> Stream.of("--add-opens", each + "=ALL-UNNAMED"))
          .toList();
    }
  }

  private List<String> server() throws IOException {
    Path boot = Files.createTempFile(folder, "boot", ".asadmin");
    for (String script : scripts) {
      String commands = Files.readString(SCRIPTS.resolve(script + ".asadmin"));
      if (poolSize > 0) {
        commands = commands.replaceAll("--maxpoolsize=\\d+", "--maxpoolsize=" + poolSize);
      }
      Files.writeString(boot, commands, StandardOpenOption.APPEND);
    }
    return List.of(
        "--port",
        "" + port,
        "--nohazelcast",
        "--disablephonehome",
        "--prebootcommandfile",
        boot.toString());
  }

  private static String serverJar() {
    return ServerCommand.required("diferido.server.jar");
  }
}
