package org.diferido.rest;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "vVENTAS | vVENTAS-a3f5e8d9.csv | vVENTAS-a3f5e8d9.csv",
        "año ñ | a_o__-a3f5e8d9.csv | a%C3%B1o%20%C3%B1-a3f5e8d9.csv",
        "../../etc/passwd | __.._etc_passwd-a3f5e8d9.csv | __.._etc_passwd-a3f5e8d9.csv",
        "a\"b;c | a_b_c-a3f5e8d9.csv | a_b_c-a3f5e8d9.csv",
        ".. | _-a3f5e8d9.csv | _-a3f5e8d9.csv",
        "`` | _-a3f5e8d9.csv | _-a3f5e8d9.csv"
      })
  void aNameIsToldInAsciiAndAsItIs(String name, String ascii, String encoded) {
    assertThat(FileName.disposition(name, "a3f5e8d9", "csv"))
        .isEqualTo("attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded);
  }

  @Property
  void whateverItIsCalledNothingBreaksOutOfTheHeader(@ForAll String name) {
    assertThat(FileName.disposition(name, "a3f5e8d9", "csv"))
        .matches(
            "attachment; filename=\"[A-Za-z0-9_][A-Za-z0-9_.-]*-a3f5e8d9\\.csv\";"
                + " filename\\*=UTF-8''[A-Za-z0-9_.%-]+-a3f5e8d9\\.csv")
        .hasSizeLessThan(1500);
  }
}
