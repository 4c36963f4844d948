package org.diferido.rest;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Rows;
import org.jspecify.annotations.Nullable;

/** The forms in which results are given. */
enum ResultFormat {
  JSON("application/json", "", ""),
  NDJSON("application/x-ndjson", "", "ndjson"),
  CSV("text/csv", "; charset=utf-8; header=present", "csv"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "", "xlsx"),
  TEXT("text/plain", "; charset=utf-8", "txt"),
  BYTES("application/octet-stream", "", "bin");

  private final String mediaType;
  private final String parameters;
  private final String extension;

  ResultFormat(String mediaType, String parameters, String extension) {
    this.mediaType = mediaType;
    this.parameters = parameters;
    this.extension = extension;
  }

  /** As {@code format} in a query says it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String mediaType() {
    return mediaType;
  }

  /** The value of {@code Content-Type}. */
  String contentType() {
    return mediaType + parameters;
  }

  /** Of a file's name. */
  String extension() {
    return extension;
  }

  /** The forms of a value, the usual one first. */
  static List<ResultFormat> of(Object value) {
    if (value instanceof Rows) {
      return List.of(JSON, NDJSON, CSV, XLSX);
    }
    boolean bytes = value instanceof LargeValue large && large.kind() == LargeValue.Kind.BYTES;
    return List.of(bytes ? BYTES : TEXT);
  }

  /**
   * The form that a client wants of those there are.
   *
   * @param asked in the query, which goes before the header; or null
   * @param accept the header's values, or null
   * @throws org.diferido.failure.FailureException NOT_ACCEPTABLE
   */
  static ResultFormat chosen(
      @Nullable String asked, @Nullable List<String> accept, List<ResultFormat> offered) {
    if (asked != null) {
      return offered.stream()
          .filter(each -> each.word().equals(asked))
          .findFirst()
          .orElseThrow(() -> notAcceptable(offered));
    }
    AcceptedTypes accepted = AcceptedTypes.parse(accept);
    ResultFormat best = null;
    for (ResultFormat each : offered) {
      double quality = accepted.quality(each.mediaType);
      if (quality > 0 && (best == null || quality > accepted.quality(best.mediaType))) {
        best = each;
      }
    }
    if (best == null) {
      throw notAcceptable(offered);
    }
    return best;
  }

  private static RuntimeException notAcceptable(List<ResultFormat> offered) {
    String types = offered.stream().map(ResultFormat::mediaType).collect(Collectors.joining(", "));
    return Failure.of(FailureCode.NOT_ACCEPTABLE, types).toException();
  }
}
