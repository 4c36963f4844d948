package org.diferido.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads the service over HTTP and prints what it measured as one JSON object. Blocking sockets and
 * a thread for each of them, since an HTTP client of more comfort takes the cores that the service
 * needs. Its arguments, beside those of {@link Pace}:
 *
 * <ul>
 *   <li>{@code ports}: of the service's processes, which get the connections in turn
 *   <li>{@code token}: the file of the bearer token
 *   <li>{@code body}: submits this, with a number of its own in the place of {@code @}; or
 *   <li>{@code path}: asks for this; or
 *   <li>{@code ids}: the file of the job ids to ask for; and {@code conditional=true}: only if
 *       their ETag is another one than at first
 * </ul>
 */
public final class LoadGenerator {

  private final String headers;
  private final Arguments arguments;
  private final Map<String, String> tags = new ConcurrentHashMap<>();

  private LoadGenerator(Arguments arguments) throws IOException {
    this.arguments = arguments;
    this.headers =
        " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nAuthorization: Bearer "
            + Files.readString(Path.of(arguments.text("token"))).strip()
            + "\r\n";
  }

  /** Generates it. */
  public static void main(String... line) throws Exception {
    LoadGenerator generator = new LoadGenerator(Arguments.of(line));
    System.out.println(Pace.of(generator.arguments).run(generator.operations()));
  }

  private Pace.Operations operations() throws IOException {
    int[] ports = arguments.list("ports").stream().mapToInt(Integer::parseInt).toArray();
    if (arguments.values().containsKey("body")) {
      return thread -> new Submitting(new HttpConnection(ports[thread % ports.length]));
    }
    List<String> paths =
        arguments.values().containsKey("path")
            ? List.of(arguments.text("path"))
            : Files.readAllLines(Path.of(arguments.text("ids"))).stream()
                .map(id -> "/jobs/" + id)
                .toList();
    boolean conditional = Boolean.parseBoolean(arguments.text("conditional", "false"));
    return thread -> asking(new HttpConnection(ports[thread % ports.length]), paths, conditional);
  }

  private Asking asking(HttpConnection connection, List<String> paths, boolean conditional)
      throws IOException {
    if (conditional) {
      for (String path : paths) {
        if (!tags.containsKey(path)) {
          connection.exchange(bytes("GET " + path + headers + "\r\n"));
          tags.put(path, connection.tag());
        }
      }
    }
    List<byte[]> requests =
        paths.stream()
            .map(path -> bytes("GET " + path + headers + condition(path) + "\r\n"))
            .toList();
    return new Asking(connection, requests);
  }

  private String condition(String path) {
    String tag = tags.getOrDefault(path, "");
    return tag.isEmpty() ? "" : "If-None-Match: " + tag + "\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Submits calls. */
  private final class Submitting implements Pace.Operation {

    private final HttpConnection connection;
    private final String body = arguments.text("body");
    private final String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);

    Submitting(HttpConnection connection) {
      this.connection = connection;
    }

    @Override
    public int perform(long number) throws IOException {
      byte[] own = bytes(body.replace("@", run + "-" + number));
      byte[] head =
          bytes(
              "POST /procedure/async"
                  + headers
                  + "Content-Type: application/json\r\nContent-Length: "
                  + own.length
                  + "\r\n\r\n");
      byte[] whole = Arrays.copyOf(head, head.length + own.length);
      System.arraycopy(own, 0, whole, head.length, own.length);
      return connection.exchange(whole);
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  /** Asks for one thing after the other, each thread beginning with the number it has. */
  private record Asking(HttpConnection connection, List<byte[]> requests)
      implements Pace.Operation {

    @Override
    public int perform(long number) throws IOException {
      return connection.exchange(requests.get((int) (number % requests.size())));
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}
