package org.diferido.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.rest.JobResults.Entry;
import org.diferido.result.JsonValues;

/** The list of what a job gave back, as JSON. */
final class ResultView {

  private static final JsonProvider JSON = JsonProvider.provider();

  private ResultView() {}

  /** {@code {"results":[{"name","kind","row_count"|"size","columns","links":{"csv":…}}]}}. */
  static JsonObject list(JobResults results) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    results.entries().forEach(entry -> array.add(entry(results, entry)));
    return JSON.createObjectBuilder().add("results", array).build();
  }

  private static JsonObjectBuilder entry(JobResults results, Entry entry) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("name", entry.name());
    if (entry.value() instanceof Rows rows) {
      json.add("kind", "rows")
          .add("row_count", rows.rowCount())
          .add("columns", JsonValues.toJson(rows.columns()));
    } else {
      ResultFormat format = ResultFormat.of(entry.value()).get(0);
      json.add("kind", format.word())
          .add("size", size(entry.value()))
          .add("content_type", format.mediaType());
    }
    return json.add("links", links(results, entry));
  }

  private static long size(Object value) {
    return value instanceof LargeValue large
        ? large.size()
        : ((String) value).getBytes(UTF_8).length;
  }

  private static JsonObjectBuilder links(JobResults results, Entry entry) {
    String path = results.path(entry);
    JsonObjectBuilder links = JSON.createObjectBuilder().add("self", path);
    List<ResultFormat> formats = ResultFormat.of(entry.value());
    if (formats.size() > 1) {
      formats.forEach(format -> links.add(format.word(), path + "?format=" + format.word()));
    }
    return links;
  }
}
