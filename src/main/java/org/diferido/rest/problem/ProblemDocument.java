package org.diferido.rest.problem;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FieldError;
import org.diferido.failure.Language;

/**
 * A failure as it is sent: RFC 9457, with {@code code}, {@code errors}, {@code trace_id}, and
 * {@code error} for clients that know only that.
 *
 * @param instance the path that was asked for
 */
record ProblemDocument(
    Failure failure, int status, Language language, String instance, String traceId) {

  private static final JsonProvider JSON = JsonProvider.provider();

  static final String MEDIA_TYPE = "application/problem+json";

  /** Seconds after which a client may try again what a limit or an outage refused. */
  static final int RETRY_AFTER_SECONDS = 5;

  static ProblemDocument of(Failure failure, Language language, String instance, String traceId) {
    return new ProblemDocument(failure, HttpStatus.of(failure.code()), language, instance, traceId);
  }

  boolean isWorthRetrying() {
    return (status == 503 || status == 429)
        && failure.code() != FailureCode.NOT_CONFIGURED
        && failure.code() != FailureCode.DATABASE_REFUSED;
  }

  JsonObject toJson() {
    String text = failure.text(language);
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("type", type(failure.code()))
            .add("title", failure.title(language))
            .add("status", status)
            .add("detail", text)
            .add("instance", instance)
            .add("code", failure.reportedCode());
    if (!failure.fields().isEmpty()) {
      JsonArrayBuilder errors = JSON.createArrayBuilder();
      for (FieldError field : failure.fields()) {
        errors.add(
            JSON.createObjectBuilder()
                .add("pointer", field.pointer())
                .add("detail", field.message().in(language)));
      }
      json.add("errors", errors);
    }
    return json.add("trace_id", traceId).add("error", text).build();
  }

  /** Answers with it, from a servlet. */
  void writeTo(HttpServletResponse response) throws IOException {
    byte[] body = toJson().toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(MEDIA_TYPE);
    response.setHeader("Content-Language", language.tag());
    if (status == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    if (isWorthRetrying()) {
      response.setIntHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static String type(FailureCode code) {
    String name = code.reported().toLowerCase(Locale.ROOT).replace('_', '-');
    return "urn:diferido:problem:" + name;
  }
}
