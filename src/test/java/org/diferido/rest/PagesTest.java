package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PagesTest {

  @Test
  void theNextPageHasTheSameQueryFromTheCursorOn() {
    MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
    query.put("status", List.of("completed,failed"));
    query.put("cursor", List.of("old"));

    assertThat(Pages.next("/jobs", query, "cTQy"))
        .isEqualTo("</jobs?status=completed%2Cfailed&cursor=cTQy>; rel=\"next\"");
  }

  @Test
  void theQueryIsInTheOrderOfItsNames() {
    MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
    for (String name : List.of("q", "owner", "limit", "label")) {
      query.put(name, List.of("1"));
    }
    query.put("label", List.of("b", "a"));

    assertThat(Pages.next("/jobs", query, "cTQy"))
        .isEqualTo("</jobs?label=b&label=a&limit=1&owner=1&q=1&cursor=cTQy>; rel=\"next\"");
  }

  @Test
  void withoutAQueryThereIsOnlyTheCursor() {
    assertThat(Pages.next("/jobs", new MultivaluedHashMap<>(), "cTQy"))
        .isEqualTo("</jobs?cursor=cTQy>; rel=\"next\"");
  }

  @Property
  void whateverTheQuerySaysTheLinkSaysTheSame(
      @ForAll
          @AlphaChars
          @Chars({'{', '}', '%', '4', '1', '&', '=', '>', '"', ' ', '+', 'ñ', '/'})
          @StringLength(max = 12)
          String value) {
    MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
    query.put("x", List.of(value));
    String link = Pages.next("/jobs", query, "cTQy");

    URI uri = URI.create(link.substring(1, link.indexOf(">;")));
    String first = uri.getRawQuery().split("&")[0];
    assertThat(URLDecoder.decode(first.substring(2), StandardCharsets.UTF_8)).isEqualTo(value);
  }
}
