package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags of bodies, and who has a body already. */
class TaggedBodyTest {

  private static final JsonObject JSON = Json.createObjectBuilder().add("state", "é").build();
  private static final String TAG = TaggedBody.of(JSON).tag();

  @Test
  void theTagIsThatOfTheContent() {
    assertThat(TAG).matches("[0-9a-f]{32}");
    assertThat(TaggedBody.of(Json.createObjectBuilder(JSON).build()).tag()).isEqualTo(TAG);
    assertThat(TaggedBody.of(Json.createObjectBuilder().add("state", "e").build()).tag())
        .isNotEqualTo(TAG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"%s\"", "W/\"%s\"", "\"otra\" , \"%s\"", "*", " W/\"x\",\"%s\" "})
  void whoHasItIsToldSo(String header) {
    assertThat(TaggedBody.of(JSON).isAmong(header.formatted(TAG))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "", "\"%s", "\"otra\"", "W/%s", ",,;\u0000"})
  void aHeaderThatIsSomethingElseIsNone(String header) {
    assertThat(TaggedBody.of(JSON).isAmong(header.formatted(TAG))).isFalse();
    assertThat(TaggedBody.of(JSON).isAmong(null)).isFalse();
  }
}
