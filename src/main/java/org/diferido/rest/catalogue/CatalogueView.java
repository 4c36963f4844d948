package org.diferido.rest.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.util.Optional;
import org.diferido.execution.CallRules;
import org.diferido.execution.CatalogueEntry;
import org.diferido.execution.CataloguePage;
import org.diferido.failure.Language;
import org.diferido.failure.Message;
import org.diferido.job.ProcedureRuns;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.QualifiedName;
import org.diferido.procedure.SecretNames;
import org.diferido.procedure.Signature;
import org.diferido.result.JsonValues;

/** Procedures as JSON. Empty members are left out. */
final class CatalogueView {

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int RATE_DIGITS = 4;
  private static final double HALF = 0.5;
  private static final double MOST = 0.95;

  private CatalogueView() {}

  static JsonObject page(CataloguePage page) {
    JsonArrayBuilder procedures = JSON.createArrayBuilder();
    page.lines().forEach(line -> procedures.add(line(line)));
    return JSON.createObjectBuilder().add("procedures", procedures).build();
  }

  private static JsonObjectBuilder line(CataloguePage.Line line) {
    ListedProcedure procedure = line.procedure();
    String path =
        "/procedures/" + URLEncoder.encode(procedure.spelling(), UTF_8).replace("+", "%20");
    JsonObjectBuilder json = JSON.createObjectBuilder().add("name", procedure.spelling());
    addPlace(json, procedure.name());
    return json.add("kind", kind(procedure.procedures(), procedure.functions()))
        .add("overloads", procedure.procedures() + procedure.functions())
        .add("statistics", statistics(line.runs()))
        .add("links", JSON.createObjectBuilder().add("self", path));
  }

  private static void addPlace(JsonObjectBuilder json, QualifiedName name) {
    json.add("full_name", name.full()).add("schema", name.schema());
    if (name.packageName() != null) {
      json.add("package", name.packageName());
    }
  }

  private static String kind(long procedures, long functions) {
    return functions == 0 ? "procedure" : procedures == 0 ? "function" : "mixed";
  }

  /**
   * One procedure with all that a call of it needs to know.
   *
   * @param spelling as it was asked for
   */
  static JsonObject entry(
      String spelling, CatalogueEntry entry, SecretNames secrets, Language language) {
    JsonArrayBuilder overloads = JSON.createArrayBuilder();
    for (Signature each : entry.overloads()) {
      overloads.add(overload(spelling, each, entry.rules(), secrets, language));
    }
    JsonObjectBuilder json = JSON.createObjectBuilder().add("name", spelling);
    addPlace(json, entry.overloads().get(0).name());
    long functions = entry.overloads().stream().filter(Signature::isFunction).count();
    return json.add("kind", kind(entry.overloads().size() - functions, functions))
        .add("overloads", overloads)
        .add("statistics", statistics(entry.runs()))
        .add("rules", rules(entry.rules()))
        .build();
  }

  private static JsonObjectBuilder overload(
      String spelling,
      Signature signature,
      CallRules rules,
      SecretNames secrets,
      Language language) {
    JsonArrayBuilder params = JSON.createArrayBuilder();
    signature.parameters().forEach(parameter -> params.add(param(parameter, secrets)));
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("signature", signature.toString())
            .add("isFunction", signature.isFunction())
            .add("params", params);
    Parameter returns = signature.returns();
    if (returns != null) {
      json.add("returns", returns.databaseType());
    }
    Optional<Parameter> unsupported = signature.unsupported();
    json.add("callable", unsupported.isEmpty());
    if (unsupported.isPresent()) {
      String type = unsupported.get().databaseType();
      return json.add("reason", Message.of("value.unsupported", type).in(language));
    }
    return json.add("request_schema", BodySchema.of(spelling, signature, rules.longest()))
        .add("example", ExampleBody.of(spelling, signature));
  }

  private static JsonObjectBuilder param(Parameter parameter, SecretNames secrets) {
    return JSON.createObjectBuilder()
        .add("name", parameter.name())
        .add("direction", parameter.direction().name())
        .add("type", parameter.databaseType())
        .add("optional", parameter.optional() || parameter.direction() == Direction.OUT)
        .add("secret", secrets.match(parameter.name()));
  }

  private static JsonObjectBuilder statistics(ProcedureRuns runs) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("runs", runs.count());
    if (runs.count() > 0) {
      BigDecimal rate =
          BigDecimal.valueOf(runs.succeeded())
              .divide(BigDecimal.valueOf(runs.count()), RATE_DIGITS, RoundingMode.HALF_UP);
      json.add("succeeded", runs.succeeded())
          .add("failed", runs.failed())
          .add("success_rate", JsonValues.toJson(rate));
    }
    runs.times().within(HALF).ifPresent(time -> json.add("p50_ms", time.toMillis()));
    runs.times().within(MOST).ifPresent(time -> json.add("p95_ms", time.toMillis()));
    return json;
  }

  private static JsonObjectBuilder rules(CallRules rules) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("priority", rules.priority())
            .add("attempts", rules.attempts());
    if (rules.timeout() != null) {
      json.add("timeout_seconds", rules.timeout().toSeconds());
    }
    if (rules.longest() != null) {
      json.add("timeout_max_seconds", rules.longest().toSeconds());
    }
    return json;
  }
}
