package org.diferido.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client of the HTTP contract; knows nothing but what is on the wire.
 *
 * @param patience how long it waits for an answer
 */
public record Client(String base, @Nullable String token, Duration patience) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private static final Set<String> ENDS = Set.of("completed", "failed");

  /** One that waits for half a minute. */
  Client(String base, @Nullable String token) {
    this(base, token, Duration.ofSeconds(30));
  }

  /** The same, with less patience or more. */
  public Client withPatience(Duration other) {
    return new Client(base, token, other);
  }

  /** An answer, whole. */
  public record Answer(int status, HttpResponse<String> http) {

    public String text() {
      return http.body();
    }

    public JsonObject json() {
      try (JsonReader reader = Json.createReader(new StringReader(text()))) {
        return reader.readObject();
      }
    }

    public String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    /** Where the next page is; null behind the last. */
    public @Nullable String next() {
      String link = header("link");
      return link.isEmpty() ? null : link.replaceFirst("<([^>]*)>; rel=\"next\"", "$1");
    }

    public boolean isOurs() {
      return header("content-type").contains("json");
    }

    /** Holds an error to the one form that every error has. */
    public JsonObject problem(int expected) {
      assertThat(status).as(text()).isEqualTo(expected);
      assertThat(header("content-type")).isEqualTo("application/problem+json");
      JsonObject problem = json();
      assertThat(problem.getInt("status")).isEqualTo(expected);
      for (String member : List.of("type", "title", "detail", "instance", "code", "trace_id")) {
        assertThat(problem.getString(member)).as(member).isNotBlank();
      }
      assertThat(problem.getString("error")).isEqualTo(problem.getString("detail"));
      assertThat(text()).doesNotContain("<html", "Exception", "\tat ");
      return problem;
    }
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Answer delete(String path, String... headers) {
    return send("DELETE", path, null, headers);
  }

  public Answer post(String path, String... headers) {
    return send("POST", path, null, headers);
  }

  public Answer submit(String body, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
    all.addAll(List.of(headers));
    return send("POST", "/procedure/async", body, all.toArray(String[]::new));
  }

  /** Submits a call that has to be accepted; gives back the job's id. */
  public String accepted(String body) {
    Answer answer = submit(body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().getString("job_id");
  }

  public JsonObject job(String id) {
    Answer answer = get("/jobs/" + id);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** The ids of all jobs that a path lists, with the pages behind it. */
  public List<String> listed(String path) {
    List<String> ids = new ArrayList<>();
    String next = path;
    while (next != null) {
      Answer answer = get(next);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      answer
          .json()
          .getJsonArray("jobs")
          .forEach(job -> ids.add(job.asJsonObject().getString("id")));
      next = answer.next();
    }
    return ids;
  }

  /** The job when it has ended. */
  public JsonObject ended(String id) {
    return await("the end of job " + id)
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> job(id), job -> ENDS.contains(job.getString("status")));
  }

  Answer send(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(patience)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
