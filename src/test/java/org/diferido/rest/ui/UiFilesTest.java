package org.diferido.rest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UiFilesTest {

  private static final String PAGE =
      "<link href=\"/ui/css/base.css\"><script type=\"module\" src=\"/ui/js/app.js\"></script>";
  private static final Pattern VERSION = Pattern.compile("src=\"/ui(/v[0-9a-f]{32})/js/app.js\"");

  private final Map<String, String> contents =
      new HashMap<>(
          Map.of(
              "/index.html", PAGE,
              "/css/base.css", "a{}",
              "/js/app.js", "import './b.js'; fetch('/ui/config')",
              "/favicon.svg", "<svg/>",
              "/lib/LICENSE", "BSD",
              "/js/app.js.map", "{}"));

  private UiFiles files() {
    Map<String, byte[]> bytes = new HashMap<>();
    contents.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return new UiFiles(bytes);
  }

  private static String text(UiFiles files, String path) {
    return new String(files.find(path).orElseThrow().file().bytes(), StandardCharsets.UTF_8);
  }

  private static String version(UiFiles files) {
    Matcher version = VERSION.matcher(text(files, UiFiles.PAGE));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  @Test
  void thePageNamesItsFilesWithTheirVersionAndOnlyThePageIsChanged() {
    UiFiles files = files();
    String version = version(files);
    assertThat(text(files, UiFiles.PAGE)).isEqualTo(PAGE.replace("/ui/", "/ui" + version + "/"));
    assertThat(text(files, version + "/js/app.js")).isEqualTo(contents.get("/js/app.js"));
  }

  @Test
  void whatHasThisVersionIsFixedAndNothingElseIs() {
    UiFiles files = files();
    String other = "/v" + "0".repeat(32);
    assertThat(files.find(version(files) + "/js/app.js").orElseThrow().isFixed()).isTrue();
    assertThat(files.find("/js/app.js").orElseThrow().isFixed()).isFalse();
    assertThat(files.find(other + "/js/app.js").orElseThrow().isFixed()).isFalse();
    assertThat(files.find(UiFiles.PAGE).orElseThrow().isFixed()).isFalse();
  }

  @Test
  void aDifferenceInAnyFileIsAnotherVersionAndThatFilesTagChanges() {
    UiFiles before = files();
    contents.put("/css/base.css", "b{}");
    UiFiles after = files();
    assertThat(version(after)).isNotEqualTo(version(before));
    assertThat(after.find("/css/base.css").orElseThrow().file().tag())
        .isNotEqualTo(before.find("/css/base.css").orElseThrow().file().tag());
    assertThat(after.find("/js/app.js").orElseThrow().file().tag())
        .isEqualTo(before.find("/js/app.js").orElseThrow().file().tag());
    assertThat(after.find(UiFiles.PAGE).orElseThrow().file().tag())
        .isNotEqualTo(before.find(UiFiles.PAGE).orElseThrow().file().tag());
    contents.put("/css/base.css", "a{}");
    assertThat(version(files())).isEqualTo(version(before));
  }

  @Test
  void eachHasTheTypeThatABrowserTakesItFor() {
    UiFiles files = files();
    assertThat(files.find("/js/app.js").orElseThrow().file().mediaType())
        .isEqualTo("text/javascript;charset=UTF-8");
    assertThat(files.find("/css/base.css").orElseThrow().file().mediaType())
        .isEqualTo("text/css;charset=UTF-8");
    assertThat(files.find("/favicon.svg").orElseThrow().file().mediaType())
        .isEqualTo("image/svg+xml");
    assertThat(files.find(UiFiles.PAGE).orElseThrow().file().mediaType())
        .isEqualTo("text/html;charset=UTF-8");
  }

  @Test
  void packedItIsTheSame() throws IOException {
    UiFile file = files().find(UiFiles.PAGE).orElseThrow().file();
    try (GZIPInputStream packed = new GZIPInputStream(new ByteArrayInputStream(file.packed()))) {
      assertThat(packed.readAllBytes()).isEqualTo(file.bytes());
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      delimiter = '|',
      value = {
        "null|false",
        "''|false",
        "gzip, deflate, br, zstd|true",
        "br;q=1.0, GZIP ; q=0.5|true",
        "gzip;q=1|true",
        "gzip;q=0|false",
        "gzip;q=0.000|false",
        "gzip;q=0.001|true",
        "gzip;q=0.1111|false",
        "deflate|false",
        "identity, *;q=0|false",
        "xgzip|false"
      })
  void itIsPackedForWhoTakesThat(@Nullable String acceptEncoding, boolean packed) {
    assertThat(UiFile.mayBePacked(acceptEncoding)).isEqualTo(packed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/js",
        "/js/",
        "/js/app.js/",
        "/js/app.js.map",
        "/lib/LICENSE",
        "/../WEB-INF/web.xml",
        "/js/../index.html",
        "/js//app.js",
        "//js/app.js",
        "/JS/app.js",
        "/v0/js/app.js",
        "/v00000000000000000000000000000000",
        "/v00000000000000000000000000000000/../index.html",
        "/js/app.js\u0000",
        "/config"
      })
  void anythingElseIsNotThere(String path) {
    assertThat(files().find(path)).isEmpty();
  }
}
