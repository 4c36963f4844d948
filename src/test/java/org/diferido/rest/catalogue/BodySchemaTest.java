package org.diferido.rest.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.diferido.failure.FailureException;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.Parameter.Shape;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.Signature;
import org.diferido.procedure.TestSignatures;
import org.diferido.rest.ProcedureCallRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the catalogue says of a body, held against a validator and against the service itself. */
class BodySchemaTest {

  private static final JsonSchemaFactory VALIDATORS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private static Signature procedure(String... parameters) {
    return TestSignatures.procedure("PUBLIC", "P", parameters);
  }

  private static Signature function(String... parameters) {
    Signature shape = procedure(parameters);
    Parameter returns =
        new Parameter(
            ArgumentMatching.RETURN_VALUE,
            Direction.OUT,
            ParameterType.NUMBER,
            "NUMBER",
            false,
            0,
            0);
    return new Signature(shape.name(), "P_F", shape.parameters(), returns);
  }

  private static Signature ofMadeTypes() {
    Parameter street =
        new Parameter("CALLE", Direction.IN, ParameterType.TEXT, "VARCHAR2(4)", false, 4, 0);
    Parameter since = new Parameter("DESDE", Direction.IN, ParameterType.DATE, "DATE", false, 0, 0);
    Parameter place =
        new Parameter(
            "P_LUGAR",
            Direction.INOUT,
            ParameterType.OBJECT,
            "OBJECT APP.T_LUGAR",
            false,
            0,
            0,
            new Shape("APP", "T_LUGAR", List.of(street, since), 0));
    Parameter places =
        new Parameter(
            "P_LUGARES",
            Direction.IN,
            ParameterType.COLLECTION,
            "VARRAY APP.T_LUGARES",
            false,
            0,
            0,
            new Shape("APP", "T_LUGARES", List.of(place), 3));
    return new Signature(procedure().name(), "P_M", List.of(places, place), null);
  }

  static Stream<Signature> signatures() {
    return Stream.of(
        procedure(),
        procedure("VFECHA IN DATE", "VRESULTADO OUT NUMBER"),
        procedure("A IN VARCHAR(3)", "B IN CLOB", "C INOUT DECIMAL", "D IN INTEGER DEFAULT"),
        procedure("A IN TIMESTAMP", "B IN TIMESTAMP_WITH_ZONE", "C IN DAY", "D IN FLOAT"),
        procedure("A IN BOOLEAN", "B IN BLOB", "C IN BINARY(4)", "D OUT CURSOR"),
        procedure("A IN DAY_INTERVAL", "B IN MONTH_INTERVAL", "C INOUT CURSOR"),
        procedure("A IN XML DEFAULT", "B OUT CLOB"),
        function(),
        function("A IN NUMBER", "B IN NUMBER DEFAULT"),
        ofMadeTypes());
  }

  private static JsonObject schema(Signature signature) {
    return BodySchema.of("P", signature, Duration.ofHours(1));
  }

  private static boolean fits(String body, Signature signature) {
    JsonSchema schema = VALIDATORS.getSchema(schema(signature).toString());
    return schema.validate(body, InputFormat.JSON).isEmpty();
  }

  private static boolean isTaken(String body, Signature signature) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      ArgumentMatching.match(
          ProcedureCallRequest.of(reader.readValue()).submission().call(), List.of(signature));
      return true;
    } catch (FailureException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void aSchemaIsOneOfDraft202012(Signature signature) {
    JsonSchema meta =
        VALIDATORS.getSchema(
            com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(schema(signature).toString(), InputFormat.JSON)).isEmpty();
    assertThat(schema(signature).getString("$schema"))
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void theExampleFitsItsSchemaAndTheServiceTakesIt(Signature signature) {
    String example = ExampleBody.of("P", signature).toString();
    assertThat(fits(example, signature)).as(example).isTrue();
    assertThat(isTaken(example, signature)).as(example).isTrue();
  }

  @Test
  void theExampleHasAValueForEachParameterThatNeedsOneAndPlacesForWhatComesBack() {
    Signature signature = procedure("A IN VARCHAR(3)", "B IN NUMBER DEFAULT", "C OUT DATE");
    assertThat(ExampleBody.of("app.p", signature))
        .hasToString(
            "{\"name\":\"app.p\",\"params\":["
                + "{\"name\":\"A\",\"value\":\"tex\"},{\"name\":\"C\",\"direction\":\"OUT\"}]}");
    assertThat(ExampleBody.of("P", function()))
        .hasToString("{\"name\":\"P\",\"isFunction\":true,\"params\":[]}");
  }

  private static final Signature ALL_SORTS =
      procedure(
          "A IN VARCHAR(3)", "N IN DECIMAL", "D IN DATE DEFAULT", "B IN BOOLEAN", "O OUT NUMBER");

  private static String body(String... params) {
    return "{\"name\":\"P\",\"params\":[" + String.join(",", params) + "]}";
  }

  private static String in(String name, String value) {
    return "{\"name\":\"%s\",\"value\":%s}".formatted(name, value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"abc\"", "12", "null", "\"\""})
  void whatAParameterTakesFits(String value) {
    String body = body(in("A", value), in("N", "\"1.5e3\""), in("B", "\"true\""));
    assertThat(fits(body, ALL_SORTS)).isTrue();
    assertThat(isTaken(body, ALL_SORTS)).isTrue();
  }

  static Stream<String> wrong() {
    String a = in("A", "\"abc\"");
    String n = in("N", "1.5");
    String b = in("B", "true");
    return Stream.of(
        "[]",
        "{}",
        "{\"name\":\"P\"}",
        "{\"name\":\"P\",\"params\":{}}",
        "{\"name\":\"P\",\"isFunction\":true,\"params\":[" + a + "," + n + "," + b + "]}",
        body(a, n),
        body(a, n, b, b),
        body(a, n, b, in("X", "1")),
        body(in("A", "\"abcd\""), n, b),
        body(in("A", "true"), n, b),
        body(a, in("N", "\"mucho\""), b),
        body(a, in("N", "1" + "0".repeat(28)), b),
        body(a, n, in("B", "1")),
        body(a, n, b, in("D", "\"mañana\"")),
        body(a, n, b, in("D", "20251210")),
        body("{\"name\":\"A\",\"value\":\"abc\",\"direction\":\"OUT\"}", n, b),
        body(a, n, b, "{\"name\":\"O\",\"direction\":\"IN\"}"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatTheSchemaRefusesTheServiceRefuses(String body) {
    assertThat(fits(body, ALL_SORTS)).as("fits").isFalse();
    assertThat(isTaken(body, ALL_SORTS)).as("is taken").isFalse();
  }

  @Test
  void whatIsAskedForBesideTheCallIsDescribedAsWell() {
    String call = "{\"name\":\"P\",\"params\":[],";
    assertThat(fits(call + "\"timeout_seconds\":3600,\"labels\":{\"a\":\"b\"}}", procedure()))
        .isTrue();
    assertThat(fits(call + "\"timeout_seconds\":3601}", procedure())).isFalse();
    assertThat(fits(call + "\"labels\":{\"a\":7}}", procedure())).isFalse();
    assertThat(fits(call + "\"nobody_knows\":7}", procedure())).isTrue();
  }

  @Test
  void aFunctionsValueMayHaveAnyNameThatIsNoParameters() {
    Signature signature = function("A IN NUMBER");
    String call = "{\"name\":\"P\",\"isFunction\":true,\"params\":[";
    String total = "{\"name\":\"total\",\"direction\":\"OUT\"}";
    assertThat(fits(call + in("A", "1") + "," + total + "]}", signature)).isTrue();
    assertThat(fits(call + total + "]}", signature)).isFalse();
    assertThat(isTaken(call + in("A", "1") + "," + total + "]}", signature)).isTrue();
  }
}
