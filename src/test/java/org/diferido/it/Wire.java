package org.diferido.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * HTTP/1.1 as bytes on a connection that is kept as long as the server keeps it: a client of a
 * library would put right, or refuse to send, what a test wants to send.
 */
final class Wire implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final int port;
  private Socket socket;
  private InputStream in;

  Wire(int port) throws IOException {
    this.port = port;
    open();
  }

  /**
   * An answer.
   *
   * @param headers each line, as it came
   * @param body without its chunks
   */
  @SuppressWarnings("ArrayRecordComponent") // read, and never compared
  record Answer(int status, List<String> headers, byte[] body) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** The value of a header, or empty text. */
    String header(String name) {
      String begin = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begin))
          .map(line -> line.substring(begin.length()).strip())
          .findFirst()
          .orElse("");
    }
  }

  private void open() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Sends a request and reads all of its answer; on a new connection if the last one was closed.
   */
  Answer exchange(String method, byte[] request) throws IOException {
    Answer answer;
    try {
      answer = exchanged(method, request);
    } catch (EOFException | SocketException e) {
      // Closed while it was idle, or before it had read everything, which is the server's right.
      reopen();
      answer = exchanged(method, request);
    }
    if (answer.header("connection").equalsIgnoreCase("close")) {
      reopen();
    }
    return answer;
  }

  private void reopen() throws IOException {
    socket.close();
    open();
  }

  private Answer exchanged(String method, byte[] request) throws IOException {
    try {
      socket.getOutputStream().write(request);
    } catch (IOException e) {
      // It may have answered before it had read everything.
      if (in.available() == 0) {
        throw new EOFException(e.getMessage());
      }
    }
    Answer head = head();
    while (head.status < 200) {
      head = head();
    }
    return new Answer(head.status, head.headers, body(method, head));
  }

  private Answer head() throws IOException {
    String status = line();
    List<String> headers = new ArrayList<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      headers.add(header);
    }
    return new Answer(Integer.parseInt(status.substring(9, 12)), headers, new byte[0]);
  }

  private byte[] body(String method, Answer head) throws IOException {
    if (method.equals("HEAD") || head.status == 304 || head.status == 204) {
      return new byte[0];
    }
    if (head.header("transfer-encoding").equalsIgnoreCase("chunked")) {
      return chunks();
    }
    String length = head.header("content-length");
    if (length.isEmpty()) {
      return head.header("connection").equalsIgnoreCase("close") ? in.readAllBytes() : new byte[0];
    }
    return in.readNBytes(Integer.parseInt(length));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    int size;
    do {
      size = Integer.parseInt(line().strip(), 16);
      whole.writeBytes(in.readNBytes(size));
      line();
    } while (size > 0);
    return whole.toByteArray();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
