package org.diferido.rest;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.diferido.execution.Submission;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.failure.FieldError;
import org.diferido.job.SubmitKey;
import org.diferido.procedure.ProcedureCall.Argument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcedureCallRequestTest {

  @Test
  void theOriginsOwnRequestIsRead() {
    Submission read =
        submission(
            "{'name':'PKG_ETL.PROCESO_LARGO','params':["
                + "{'name':'vFECHA','value':'2025-12-10'},"
                + "{'name':'vRESULTADO','direction':'OUT','type':'number'}]}");

    assertThat(read.call().spelledName()).isEqualTo("PKG_ETL.PROCESO_LARGO");
    assertThat(read.call().schema()).isNull();
    assertThat(read.call().function()).isFalse();
    assertThat(read.call().arguments())
        .containsExactly(
            new Argument("vFECHA", "2025-12-10", true, null, null, false),
            new Argument("vRESULTADO", null, false, "OUT", "number", false));
    assertThat(read.labels()).isEmpty();
    assertThat(read.startBefore()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|",
        "'text'|",
        "12|",
        "null|",
        "{'name':5}|/name",
        "{'name':['P']}|/name",
        "{'name':'P','schema':true}|/schema",
        "{'name':'P','isFunction':'true'}|/isFunction",
        "{'name':'P','isFunction':1}|/isFunction",
        "{'name':'P','params':{}}|/params",
        "{'name':'P','params':'x'}|/params",
        "{'name':'P','params':[5]}|/params/0",
        "{'name':'P','params':[{},null]}|/params/1",
        "{'name':'P','params':[{'name':5}]}|/params/0/name",
        "{'name':'P','params':[{},{'direction':{}}]}|/params/1/direction",
        "{'name':'P','params':[{'type':[]}]}|/params/0/type",
        "{'name':'P','labels':[]}|/labels",
        "{'name':'P','labels':{'a':5}}|/labels",
        "{'name':'P','labels':{'a':null}}|/labels",
        "{'name':'P','labels':{'':'a'}}|/labels",
        "{'name':'P','start_before':1765377000}|/start_before",
        "{'name':'P','start_before':'mañana'}|/start_before",
        "{}|/name",
        "{'name':null}|/name",
        "{'name':''}|/name",
        "{'name':'A.B.C.D'}|/name",
        "{'name':'P; DROP TABLE X'}|/name",
        "{'name':'P','schema':''}|/schema",
        "{'name':'P','schema':'A.B'}|/schema",
        "{'name':'A.B.P','schema':'A'}|/name",
      })
  void aMemberOfAWrongFormIsNamed(String body, String pointer) {
    Failure failure = refused(body);

    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
    assertThat(pointers(failure)).containsExactly(pointer == null ? "" : pointer);
  }

  @Test
  void everyMemberOfAWrongTypeIsNamedAtOnce() {
    Failure failure =
        refused(
            "{'name':1,'schema':2,'isFunction':3,'labels':4,'start_before':5,"
                + "'params':[6,{'name':7,'direction':8,'type':9}]}");

    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
    assertThat(pointers(failure))
        .containsExactlyInAnyOrder(
            "/name",
            "/schema",
            "/isFunction",
            "/labels",
            "/start_before",
            "/params/0",
            "/params/1/name",
            "/params/1/direction",
            "/params/1/type");
  }

  @Test
  void aNullMemberCountsAsOneThatIsNotThere() {
    Submission read =
        submission(
            "{'name':'P','schema':null,'isFunction':null,'labels':null,'start_before':null,"
                + "'timeout_seconds':null,'callback_url':null,"
                + "'params':[{'name':null,'direction':null,'type':null}]}");

    assertThat(read.call().arguments())
        .containsExactly(new Argument("", null, false, null, null, false));
    assertThat(submission("{'name':'P','params':null}").call().arguments()).isEmpty();
  }

  @Test
  void aNullValueIsAValue() {
    assertThat(submission("{'name':'P','params':[{'value':null}]}").call().arguments())
        .containsExactly(new Argument("", null, true, null, null, false));
  }

  @Test
  void aBlankDirectionCountsAsNone() {
    assertThat(argument("{'direction':' '}").direction()).isNull();
  }

  @Test
  void membersThatAreNotKnownArePassedOver() {
    Submission read =
        submission("{'name':'P','user':'x','params':[{'name':'a','value':1,'size':10}]}");

    assertThat(read.call().arguments())
        .containsExactly(new Argument("a", BigDecimal.ONE, true, null, null, false));
  }

  @Test
  void aTimeoutIsAWholeNumberOfSecondsUpToAYear() {
    assertThat(submission("{'name':'P','timeout_seconds':60}").timeout())
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(submission("{'name':'P','timeout_seconds':1e2}").timeout())
        .isEqualTo(Duration.ofSeconds(100));
    assertThat(submission("{'name':'P','timeout_seconds':null}").timeout()).isNull();
    assertThat(submission("{'name':'P'}").timeout()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.5", "31622401", "1e999999999", "true", "[]", "'60'"})
  void aTimeoutThatIsNoneIsNamed(String value) {
    Failure failure = refused("{'name':'P','timeout_seconds':" + value + "}");
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
    assertThat(failure.fields())
        .singleElement()
        .satisfies(field -> assertThat(field.pointer()).isEqualTo("/timeout_seconds"));
  }

  @Test
  void theSameRequestHasTheSameKeyHoweverItIsWritten() {
    assertThat(keyOf("{'name':'P','labels':{'a':'1','b':'2'}}"))
        .isEqualTo(keyOf(" { 'labels' : {'b':'2', 'a':'1'}, 'name':'P' }"))
        .isNotEqualTo(keyOf("{'name':'P','labels':{'a':'2','b':'1'}}"));
  }

  private static SubmitKey keyOf(String body) {
    return request(body).submission("ana", "k").key();
  }

  @ParameterizedTest
  @ValueSource(strings = "callback_url")
  void whatIsNotOfferedIsRefusedRatherThanPassedOver(String member) {
    Failure failure = refused("{'name':'P','" + member + "':5}");

    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_ARGUMENTS);
    assertThat(failure.fields())
        .containsExactly(FieldError.of("/" + member, "member.not_offered", member));
  }

  @Test
  void aFunctionInASchemaIsRead() {
    Submission read = submission("{'name':'PKG.F','schema':'etl','isFunction':true}");

    assertThat(read.call().function()).isTrue();
    assertThat(read.call().schema()).isEqualTo("etl");
    assertThat(read.call().name()).hasToString("etl.PKG.F");
    assertThat(read.call().spelledName()).isEqualTo("PKG.F");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1.50", "12345678901234567890.123456789", "1E+2", "0.1", "1e-400", "1e400"})
  void numbersAreTakenExactly(String number) {
    assertThat(argument("{'value':" + number + "}").value()).isEqualTo(new BigDecimal(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"100e2147483647", "1e999999999", "1e-999999999", "0e999999999"})
  void aNumberThatCouldNotBeWrittenOutIsRefusedWhereverItStands(String number) {
    for (String value : List.of(number, "[" + number + "]", "{'a':[1," + number + "]}")) {
      Failure failure = refused("{'name':'P','params':[{},{'value':" + value + "}]}");

      assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
      assertThat(pointers(failure)).containsExactly("/params/1/value");
    }
  }

  @Test
  void valuesMayBeNested() {
    Object value = argument("{'value':{'a':[1,'b',true,null,{}]}}").value();

    assertThat(value)
        .isEqualTo(Map.of("a", Arrays.asList(BigDecimal.ONE, "b", true, null, Map.of())));
  }

  @Test
  void aThousandParamsAreTakenAndOneMoreIsNot() {
    assertThat(submission("{'name':'P','params':[" + params(1000) + "]}").call().arguments())
        .hasSize(1000);
    Failure failure = refused("{'name':'P','params':[" + params(1001) + "]}");
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
    assertThat(failure.fields()).containsExactly(FieldError.of("/params", "member.too_many", 1000));
  }

  @Test
  void labelsUpToTheLimitsAreTaken() {
    String name = "n".repeat(64);
    String value = "ñ".repeat(256);
    String labels = IntStream.range(0, 19).mapToObj(at -> "'l" + at + "':''").collect(joining(","));

    Map<String, String> read =
        submission("{'name':'P','labels':{" + labels + ",'" + name + "':'" + value + "'}}")
            .labels();

    assertThat(read).hasSize(20).containsEntry(name, value).containsEntry("l0", "");
  }

  @Test
  void labelsOverALimitAreRefused() {
    String tooMany =
        IntStream.range(0, 21).mapToObj(at -> "'l" + at + "':''").collect(joining(","));
    String longName = "'" + "n".repeat(65) + "':''";
    String longValue = "'n':'" + "v".repeat(257) + "'";

    for (String labels : List.of(tooMany, longName, longValue)) {
      assertThat(refused("{'name':'P','labels':{" + labels + "}}").fields())
          .containsExactly(FieldError.of("/labels", "member.labels", 20, 64, 256));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-10T14:30:00Z, 2025-12-10T14:30:00Z",
    "2025-12-10t14:30:00z, 2025-12-10T14:30:00Z",
    "2025-12-10T14:30:00.125+02:00, 2025-12-10T12:30:00.125Z",
    "2025-12-10T14:30:00-05:00, 2025-12-10T19:30:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
  })
  void startBeforeIsATimeWithAZone(String text, Instant time) {
    assertThat(submission("{'name':'P','start_before':'" + text + "'}").startBefore())
        .isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2025-12-10",
        "2025-12-10T14:30:00",
        "2025-12-10 14:30:00Z",
        "2025-02-30T00:00:00Z",
        "2025-12-10T24:30:00Z",
        "10/12/2025",
        "1765377000"
      })
  void anythingElseIsNoStartBefore(String text) {
    assertThat(refused("{'name':'P','start_before':'" + text + "'}").fields())
        .containsExactly(FieldError.of("/start_before", "member.time"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "-999999999-01-01T00:00:00Z"
      })
  void aYearThatHasNotFourDigitsIsNoStartBefore(String text) {
    assertThat(refused("{'name':'P','start_before':'" + text + "'}").fields())
        .containsExactly(FieldError.of("/start_before", "member.time"));
  }

  private static String params(int count) {
    return IntStream.range(0, count).mapToObj(at -> "{'value':" + at + "}").collect(joining(","));
  }

  private static List<String> pointers(Failure failure) {
    return failure.fields().stream().map(FieldError::pointer).toList();
  }

  private static Argument argument(String json) {
    return submission("{'name':'P','params':[" + json + "]}").call().arguments().get(0);
  }

  private static Failure refused(String body) {
    return catchThrowableOfType(FailureException.class, () -> submission(body)).failure();
  }

  private static Submission submission(String body) {
    return request(body).submission();
  }

  /** Written with apostrophes, to be read. */
  private static ProcedureCallRequest request(String body) {
    byte[] json = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ProcedureCallRequest.of(JsonBody.read(new ByteArrayInputStream(json), "ana"));
  }
}
