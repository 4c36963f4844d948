package org.diferido.bench.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * HTTP/1.1 on one connection that stays open, as little of it as the service's answers need: what
 * the client computes the service cannot have. Opens another one when the server closes it.
 */
final class HttpConnection implements AutoCloseable {

  private static final int BUFFER = 16 * 1024;
  private static final int PATIENCE_MILLIS = 120_000;

  private final int port;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private Socket socket;
  private InputStream in;
  private String tag = "";

  HttpConnection(int port) throws IOException {
    this.port = port;
    open();
  }

  private void open() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER);
  }

  /**
   * Sends a request and reads all of its answer.
   *
   * @return the status
   */
  int exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    int status = Integer.parseInt(readLine().substring(9, 12));
    long length = 0;
    boolean chunked = false;
    boolean closes = false;
    tag = "";
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      int colon = header.indexOf(':');
      String value = header.substring(colon + 1).strip();
      switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Long.parseLong(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "connection" -> closes = value.equalsIgnoreCase("close");
        case "etag" -> tag = value;
        default -> {
          // of no interest
        }
      }
    }
    if (chunked) {
      skipChunks();
    } else if (status != 304) {
      in.skipNBytes(length);
    }
    if (closes) {
      socket.close();
      open();
    }
    return status;
  }

  /** The ETag of the last answer, or empty text. */
  String tag() {
    return tag;
  }

  private void skipChunks() throws IOException {
    int size;
    do {
      size = Integer.parseInt(readLine().strip(), 16);
      in.skipNBytes(size);
      readLine();
    } while (size > 0);
  }

  private String readLine() throws IOException {
    line.reset();
    int next = in.read();
    while (next != '\n') {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.write(next);
      }
      next = in.read();
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
