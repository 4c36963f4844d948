package org.diferido.faults.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.diferido.it.Client;
import org.diferido.it.ServiceProcess;

/** A node of the service that keeps its address when it is started again. */
public final class ClusterNode implements AutoCloseable {

  /** An orderly stop gives its calls some time; the server's own end comes on top of that. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

  private final String name;
  private final Path folder;
  private final int port;
  private final Map<String, String> environment;
  private volatile ServiceProcess process;

  /** Starts it, and does not wait. */
  ClusterNode(String name, Path folder, Map<String, String> environment) throws IOException {
    this.name = name;
    this.folder = folder;
    this.port = ServiceProcess.freePort();
    this.environment = new HashMap<>(environment);
    this.environment.put("DIFERIDO_NODE", name);
    launch();
  }

  private void launch() throws IOException {
    process = ServiceProcess.node(folder, port, environment);
  }

  /** Starts it again at its address, and waits until the application answers. */
  public void start() throws IOException {
    launch();
    awaitAnswer();
  }

  public void awaitAnswer() {
    process.awaitAnswer();
  }

  /** As {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /**
   * As an administrator stops it (SIGTERM).
   *
   * @return whether it ended by itself within a minute; otherwise it was killed
   */
  public boolean stop() throws InterruptedException {
    boolean ended = process.stop(LONGEST_STOP);
    if (!ended) {
      process.kill();
    }
    return ended;
  }

  public void pause() throws IOException, InterruptedException {
    process.pause();
  }

  public void resume() throws IOException, InterruptedException {
    process.resume();
  }

  public Client client(String token) {
    return process.client(token);
  }

  /** What its present process has logged. */
  public String log() throws IOException {
    return process.log();
  }

  public Path logFile() {
    return process.logFile();
  }

  @Override
  public String toString() {
    return name;
  }

  /** Without ceremony: what an orderly stop does is a test of its own. */
  @Override
  public void close() throws InterruptedException {
    process.kill();
  }
}
