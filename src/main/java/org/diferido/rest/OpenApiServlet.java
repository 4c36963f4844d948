package org.diferido.rest;

import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.rest.problem.ReadOnlyServlet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The description of all endpoints (OpenAPI 3), as it was written by hand: YAML (RFC 9512) or, to
 * whom asks for it, JSON. By ourselves, since servers add what is theirs.
 */
public class OpenApiServlet extends ReadOnlyServlet {

  private static final long serialVersionUID = 1L;
  private static final String FILE = "/META-INF/openapi.yaml";

  private transient byte[] yaml = new byte[0];
  private transient byte[] json = new byte[0];

  @Override
  public void init() {
    try (InputStream file = OpenApiServlet.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("there is no " + FILE);
      }
      yaml = file.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    json = json(new String(yaml, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }

  /** The same document in JSON. */
  static String json(String yaml) {
    Map<?, ?> document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    @SuppressWarnings("unchecked") // its keys are texts, or JSON could not have them
    Map<String, Object> named = (Map<String, Object>) document;
    return JsonProvider.provider().createObjectBuilder(named).build().toString();
  }

  @Override
  protected void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getPathInfo() != null) {
      refuse(Failure.of(FailureCode.PATH_NOT_FOUND), request, response);
      return;
    }
    response.addHeader("Vary", "Accept");
    if (isJsonWanted(request)) {
      send(json, "application/json", request, response);
    } else {
      send(yaml, "application/yaml", request, response);
    }
  }

  /** By MicroProfile OpenAPI ("/openapi"), {@code format} goes before Accept. */
  private static boolean isJsonWanted(HttpServletRequest request) {
    String format = request.getParameter("format");
    if (format != null) {
      return format.equalsIgnoreCase("json");
    }
    return prefersJson(Collections.list(request.getHeaders("Accept")));
  }

  /** Whether JSON is wanted more than YAML, which is what there is for who does not care. */
  static boolean prefersJson(List<String> accept) {
    double json = 0;
    double yaml = 0;
    for (String range : String.join(",", accept).toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.strip().split("\\s*;\\s*");
      double weight = weight(parts);
      switch (parts[0]) {
        case "application/json" -> json = Math.max(json, weight);
        case "application/yaml", "*/*", "application/*" -> yaml = Math.max(yaml, weight);
        default -> {
          // Another form than there is.
        }
      }
    }
    return json > yaml;
  }

  private static double weight(String[] parts) {
    for (String part : parts) {
      if (part.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")) {
        return Double.parseDouble(part.substring(2));
      }
    }
    return 1;
  }
}
