package org.diferido.ui.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Jobs in every state that the design has a picture for, most of which no real job keeps for as
 * long as one looks. They are given to a page in the place of the service's own.
 */
public final class SampleJobs {

  /** Times are seconds from now: {@code "@-120"}. */
  private static final Pattern TIME = Pattern.compile("\"@(-?\\d+)\"");

  private static final Pattern LIST = Pattern.compile(".*/jobs\\?.*");
  private static final Pattern ONE = Pattern.compile(".*/jobs/(0\\d{31})(\\?.*)?");
  private static final Pattern STREAM = Pattern.compile(".*/events");

  private final JsonArray jobs;

  public SampleJobs() throws IOException {
    Instant now = Instant.now();
    try (InputStream in = SampleJobs.class.getResourceAsStream("jobs.json");
        JsonReader reader =
            Json.createReader(
                new StringReader(
                    TIME.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .replaceAll(
                            at -> "\"" + now.plusSeconds(Long.parseLong(at.group(1))) + "\"")))) {
      jobs = reader.readArray();
    }
  }

  /** What each is an example of. */
  public List<String> names() {
    return jobs.getValuesAs(job -> job.asJsonObject().getString("seen_as"));
  }

  /** The address of one. */
  public String address(String name) {
    return "#/jobs/" + String.format("%032d", names().indexOf(name) + 1);
  }

  /** From here on the page has these. */
  public void give(Page page) {
    page.route(LIST, route -> route.fulfill(json(listed(jobs))));
    page.route(
        ONE,
        route -> {
          String id = route.request().url().replaceFirst(ONE.pattern(), "$1");
          route.fulfill(json(jobs.getJsonObject(Integer.parseInt(id) - 1)));
        });
    page.route(STREAM, route -> route.fulfill(silence()));
  }

  /** From here on the page has no job. */
  public static void giveNone(Page page) {
    page.route(LIST, route -> route.fulfill(json(listed(Json.createArrayBuilder().build()))));
  }

  private static JsonObject listed(JsonArray shown) {
    return Json.createObjectBuilder().add("total", shown.size()).add("jobs", shown).build();
  }

  private static Route.FulfillOptions json(JsonObject body) {
    return new Route.FulfillOptions().setContentType("application/json").setBody(body.toString());
  }

  /** A stream with nothing in it. */
  private static Route.FulfillOptions silence() {
    return new Route.FulfillOptions().setContentType("text/event-stream").setBody(": \n\n");
  }
}
