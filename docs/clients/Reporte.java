import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs PKG_REPORTES.GENERAR_MENSUAL and leaves its rows in a file, with the JDK alone:
 *
 * <pre>java Reporte.java http://localhost:8080 TOKEN ventas.csv</pre>
 *
 * An application reads JSON by a library; here two members of an answer are enough.
 */
public final class Reporte {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String CALL =
      """
      {"name": "PKG_REPORTES.GENERAR_MENSUAL",
       "params": [{"name": "vMES", "value": 12}, {"name": "vANIO", "value": 2025}]}""";

  private final String base;
  private final String token;

  private Reporte(String base, String token) {
    this.base = base;
    this.token = token;
  }

  public static void main(String[] args) throws Exception {
    Reporte reporte = new Reporte(args[0], args[1]);
    String id = reporte.submit();
    String job = reporte.end(id);
    if (member(job, "status").equals("failed")) {
      throw new IllegalStateException(member(job, "error"));
    }
    Path file = Path.of(args[2]);
    reporte.download("/jobs/" + id + "/results/result_set_1", file);
    System.out.println(Files.size(file) + " bytes in " + file);
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Authorization", "Bearer " + token)
        .timeout(Duration.ofSeconds(90));
  }

  /** A call that is sent again with the same key is the same job: so it may be. */
  private String submit() throws InterruptedException {
    HttpRequest request =
        to("/procedure/async")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(CALL))
            .build();
    return member(answer(request), "job_id");
  }

  private String end(String id) throws InterruptedException {
    while (true) {
      String job = answer(to("/jobs/" + id + "?wait=30").build());
      System.out.println(member(job, "status"));
      if (member(job, "status").matches("completed|failed")) {
        return job;
      }
    }
  }

  /** What passes is tried again: the job does not depend on this program. */
  private static String answer(HttpRequest request) throws InterruptedException {
    while (true) {
      try {
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        if (answer.statusCode() < 300) {
          return answer.body();
        }
        if (answer.statusCode() < 500 && answer.statusCode() != 429) {
          throw new IllegalStateException(answer.body());
        }
      } catch (IOException e) {
        System.out.println("again: " + e);
      }
      Thread.sleep(2000);
    }
  }

  private void download(String path, Path file) throws IOException, InterruptedException {
    HttpResponse<Path> answer =
        HTTP.send(to(path).header("Accept", "text/csv").build(), BodyHandlers.ofFile(file));
    if (answer.statusCode() != 200) {
      throw new IOException(Files.readString(file));
    }
  }

  private static String member(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
    if (!found.find()) {
      throw new IllegalStateException("no " + name + " in " + json);
    }
    return found.group(1);
  }
}
