package org.diferido.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/**
 * Listens to a stream of events (WHATWG HTML, "Server-sent events"), as a page of a browser does.
 */
final class EventSource implements Flow.Subscriber<String>, AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** An event, when it came. */
  record Event(String id, String name, JsonObject data, long nanos) {}

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private final CompletableFuture<HttpResponse<Void>> answer;
  private final CompletableFuture<Void> end;
  private volatile Flow.Subscription subscription;
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
              return HttpResponse.BodySubscribers.fromLineSubscriber(this);
            });
    end = answer.handle((done, failed) -> null);
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

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    begun.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(String line) {
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

  /** A stream that breaks off is over, as one that ends. */
  @Override
  public void onError(Throwable broken) {}

  @Override
  public void onComplete() {}

  @Override
  public void close() throws IOException {
    if (subscription != null) {
      subscription.cancel();
    }
    answer.cancel(true);
  }
}
