package org.diferido.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "*",
        "/ping",
        "/jobs/a3f5e8d9c2b4a1e7f6d8c9b2a1e7f6d8",
        "/jobs//",
        "/a%20b",
        "/a+b",
        "/%C3%B1",
        "/%c3%b1",
        "/...",
        "/.well-known/x",
        "/a..b/c.",
        "/%2e%2e%2e",
        "/a%2Fb",
        "/%25",
        "/%252e%252e/x",
        "/jobs;a=b",
        "http://host/jobs",
      })
  void aPathThatSaysWhereItLeadsIsSane(String path) {
    assertThat(RequestPath.isSane(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobs/..",
        "/jobs/../ping",
        "..",
        ".",
        "/.",
        "/./ping",
        "/%2e%2e/ping",
        "/.%2E/ping",
        "/jobs/..%2fhealth",
        "/jobs%2F..%2Fhealth",
        "/jobs%2f%2e%2e%2fhealth",
        "/a\\b",
        "/a%5Cb",
        "/..%5c",
        "/a%00b",
        "/a\u0000b",
        "/%",
        "/%2",
        "/a%2",
        "/%zz",
        "/%g0",
        "/% 41",
        "/%+4",
        "/%-1",
        "/%C3",
        "/%C3%28",
        "/%FF",
        "/%c0%ae%c0%ae/x",
        "/%ED%A0%80",
        "/ñ",
      })
  void aPathThatClimbsOrCannotBeDecodedIsNot(String path) {
    assertThat(RequestPath.isSane(path)).isFalse();
  }

  @Property
  void whatIsPercentEncodedAsItShouldBeIsSane(@ForAll("segments") List<String> segments) {
    assertThat(RequestPath.isSane(path(segments))).isTrue();
  }

  @Property
  void aSegmentThatClimbsIsFoundWhereverItStandsAndHoweverItIsWritten(
      @ForAll("segments") List<String> before,
      @ForAll("segments") List<String> after,
      @ForAll("climbs") String climb) {
    assertThat(RequestPath.isSane(path(before) + "/" + climb + path(after))).isFalse();
  }

  @Property
  void anyBytesAreEitherSaneOrNotAndNeverAnException(@ForAll("raw") String path) {
    boolean sane = RequestPath.isSane(path);

    assertThat(sane && path.contains("\\")).isFalse();
  }

  @Provide
  Arbitrary<List<String>> segments() {
    return Arbitraries.strings()
        .all()
        .excludeChars('\u0000', '\\', '/')
        .ofMaxLength(12)
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
        .filter(text -> !text.equals(".") && !text.equals(".."))
        .list()
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> climbs() {
    return Arbitraries.of(".", "..", "%2e", "%2E.", ".%2e", "%2e%2E", "..%2f", "%2f..");
  }

  @Provide
  Arbitrary<String> raw() {
    return Arbitraries.strings().withCharRange('\u0001', '\u00ff').ofMaxLength(30);
  }

  private static String path(List<String> segments) {
    return segments.stream()
        .map(text -> "/" + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining());
  }
}
