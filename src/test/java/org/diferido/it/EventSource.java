package org.diferido.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * Listens to a stream of events (WHATWG HTML, "Server-sent events"), as a page of a browser does.
 *
 * <p>It reads lines in a thread of its own: the line subscriber of Java 17's client looks at a line
 * that is not whole from its beginning with each piece, which of five megabytes takes a minute.
 */
final class EventSource implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final Executor READERS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "event-source");
            thread.setDaemon(true);
            return thread;
          });

  /** An event, when it came. */
  record Event(String id, String name, JsonObject data, long nanos) {}

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private final CompletableFuture<HttpResponse<InputStream>> answer;
  private final CompletableFuture<Void> end;
  private volatile int status;
  private String id = "";
  private String name = "message";
  private final StringBuilder data = new StringBuilder();

  private EventSource(Client client, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(client.base() + path))
            .header("Accept", "text/event-stream")
            .header("Authorization", "Bearer " + client.token());
    if (headers.length > 0) {
      request.headers(headers);
    }
    answer =
        HTTP.sendAsync(
            request.build(),
            info -> {
              status = info.statusCode();
              return HttpResponse.BodySubscribers.ofInputStream();
            });
    end =
        answer
            .thenAcceptAsync(response -> read(response.body()), READERS)
            .handle((done, failed) -> null);
  }

  /** Begins to listen. */
  static EventSource of(Client client, String path, String... headers) {
    return new EventSource(client, path, headers);
  }

  /** What has come so far. */
  List<Event> events() {
    return events;
  }

  List<String> comments() {
    return comments;
  }

  /** 0 as long as nothing has come. */
  int status() {
    return status;
  }

  boolean isOver() {
    return end.isDone();
  }

  private void read(InputStream body) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
    } catch (IOException e) {
      // A stream that breaks off is over, as one that ends.
    }
  }

  private void take(String line) {
    if (line.startsWith(":")) {
      comments.add(line);
    } else if (line.startsWith("id: ")) {
      id = line.substring(4);
    } else if (line.startsWith("event: ")) {
      name = line.substring(7);
    } else if (line.startsWith("data: ")) {
      data.append(line.substring(6));
    } else if (line.isEmpty() && data.length() > 0) {
      try (JsonReader reader = Json.createReader(new StringReader(data.toString()))) {
        events.add(new Event(id, name, reader.readObject(), System.nanoTime()));
      }
      name = "message";
      data.setLength(0);
    }
  }

  @Override
  public void close() throws IOException {
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      answer.join().body().close();
    }
    answer.cancel(true);
  }
}
