package org.diferido.faults.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.diferido.database.postgresql.Postgres17;
import org.diferido.it.RoleScripts;
import org.diferido.it.ServiceProcess;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of its own that can be stopped and started again with the same data at the same
 * port. What it has committed is on the disk: otherwise its loss would be blamed on the service.
 */
public final class DatabaseServer implements AutoCloseable {

  /** How a server is told to stop; the signals are those of {@code pg_ctl stop -m}. */
  public enum Stop {
    /** Ends the sessions and writes everything: {@code -m fast}. */
    FAST("INT"),
    /** Without a word, and with a recovery at the next start: {@code -m immediate}. */
    IMMEDIATE("QUIT");

    private final String signal;

    Stop(String signal) {
      this.signal = signal;
    }
  }

  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Of a server that was stopped by a signal its own close says at length that it cannot stop. */
  private static final Logger SAYS_SO = Logger.getLogger(EmbeddedPostgres.class.getName());

  static {
    SAYS_SO.setLevel(Level.OFF);
  }

  private final Path data;
  private final int port;
  private final int connections;
  private EmbeddedPostgres running;

  /** Starts an empty one, with the role of the service in it. */
  public DatabaseServer(Path folder) throws IOException {
    this(folder, 200);
  }

  /**
   * Starts an empty one, with the role of the service in it.
   *
   * @param connections that it allows
   */
  public DatabaseServer(Path folder, int connections) throws IOException {
    this.data = folder.resolve("data");
    this.connections = connections;
    this.port = ServiceProcess.freePort();
    start();
    List<String> safe =
        List.of("fsync", "synchronous_commit", "full_page_writes").stream()
            .flatMap(each -> Postgres17.column(source(), "SHOW " + each).stream())
            .toList();
    if (!safe.equals(List.of("on", "on", "on"))) {
      throw new IllegalStateException("the server may lose what it has committed: " + safe);
    }
    Postgres17.execute(source(), RoleScripts.role());
  }

  /** Starts it with the data it has. */
  public void start() throws IOException {
    running =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setPGStartupWait(LONGEST)
            .setOutputRedirector(Redirect.appendTo(log().toFile()))
            .setErrorRedirector(Redirect.appendTo(log().toFile()))
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("max_connections", "" + connections)
            // Both are off by default where a server is only for tests.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
  }

  /** Stops it, and waits until its process has ended. */
  public void stop(Stop how) throws IOException, InterruptedException {
    ProcessHandle postmaster = postmaster();
    new ProcessBuilder("kill", "-" + how.signal, "" + postmaster.pid()).start().waitFor();
    try {
      postmaster.onExit().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the database did not stop", e);
    }
    running.close();
  }

  /** Its first process, whose children the others are. */
  public ProcessHandle postmaster() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** Where its log is. */
  public Path log() {
    return data.resolveSibling("output");
  }

  /** As a superuser, whose sessions are known by their name. */
  public PGSimpleDataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url());
    source.setUser("postgres");
    source.setApplicationName("faults");
    source.setConnectTimeout(5);
    return source;
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
