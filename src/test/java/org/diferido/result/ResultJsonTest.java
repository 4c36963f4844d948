package org.diferido.result;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class ResultJsonTest {

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  @Test
  void asTextAreTheNumbersOfTheDatabaseAndNotThoseOfTheService() {
    JsonObject told =
        json(
            "{'n':12.50,'c':{'columns':['A'],'rows':[{'A':1}],'row_count':1},"
                + "'b':{'link':'/x','size':9,'content_type':'text/plain'},'l':[1,null]}");
    assertThat(ResultJson.numbersAsText(told))
        .isEqualTo(
            json(
                "{'n':'12.50','c':{'columns':['A'],'rows':[{'A':'1'}],'row_count':1},"
                    + "'b':{'link':'/x','size':9,'content_type':'text/plain'},'l':['1',null]}"));
  }
}
