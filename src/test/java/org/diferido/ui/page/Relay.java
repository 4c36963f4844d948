package org.diferido.ui.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between a browser and a service: a port of this machine that stays, behind which the
 * service may go away, come back, and be another process.
 */
public final class Relay implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean cut;

  /**
   * Begins to relay.
   *
   * @param target the port of the service
   */
  public Relay(int target) throws IOException {
    this.target = target;
    begin(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The service is at another port from here on. */
  public void leadsTo(int port) {
    target = port;
  }

  /** Whatever is under way breaks off, and nothing new comes through. */
  public void cut() {
    cut = true;
    open.forEach(Relay::shut);
  }

  public void mend() {
    cut = false;
  }

  private void accept() throws IOException {
    while (true) {
      Socket browser = listener.accept();
      if (cut) {
        shut(browser);
      } else {
        begin(() -> join(browser));
      }
    }
  }

  private void join(Socket browser) throws IOException {
    open.add(browser);
    try (browser;
        Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(service);
      if (cut) {
        return;
      }
      Thread back = begin(() -> pass(service, browser));
      pass(browser, service);
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.removeIf(Socket::isClosed);
    }
  }

  /** One direction; its end is the end of both. */
  private static void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    }
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket can be closed at any time", e);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** A connection that breaks is what this is for. */
  private static Thread begin(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The other side sees it as well.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(Relay::shut);
  }
}
