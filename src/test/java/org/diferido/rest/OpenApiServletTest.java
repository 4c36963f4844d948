package org.diferido.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiServletTest {

  @Test
  void yamlIsForWhoDoesNotWantJsonMore() {
    assertThat(OpenApiServlet.prefersJson(List.of())).isFalse();
    assertThat(OpenApiServlet.prefersJson(List.of("*/*"))).isFalse();
    assertThat(OpenApiServlet.prefersJson(List.of("application/json"))).isTrue();
    assertThat(OpenApiServlet.prefersJson(List.of("text/html", "Application/JSON;q=0.1"))).isTrue();
    assertThat(OpenApiServlet.prefersJson(List.of("application/json;q=0"))).isFalse();
    assertThat(OpenApiServlet.prefersJson(List.of("application/json-seq"))).isFalse();
    assertThat(OpenApiServlet.prefersJson(List.of("application/yaml, application/json;q=0.1")))
        .isFalse();
    assertThat(OpenApiServlet.prefersJson(List.of("application/json, */*;q=0.5"))).isTrue();
  }

  @Test
  void theDocumentIsTheSameInJson() throws IOException {
    try (InputStream file = OpenApiServlet.class.getResourceAsStream("/META-INF/openapi.yaml");
        JsonReader reader =
            Json.createReader(
                new StringReader(OpenApiServlet.json(new String(file.readAllBytes(), UTF_8))))) {
      JsonObject document = reader.readObject();
      assertThat(document.getString("openapi")).startsWith("3.");
      JsonObject submit =
          document.getJsonObject("paths").getJsonObject("/procedure/async").getJsonObject("post");
      assertThat(submit.getString("operationId")).isEqualTo("submit");
      assertThat(submit.getJsonObject("responses").keySet()).contains("202", "401", "422");
    }
  }
}
