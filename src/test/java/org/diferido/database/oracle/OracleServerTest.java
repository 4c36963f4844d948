package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the suite for a real Oracle makes there, it also undoes. */
class OracleServerTest {

  @Test
  void theScriptIsCutAtItsSlashesAndNowhereElse() throws IOException {
    List<String> statements;
    try (InputStream script = OracleServer.class.getResourceAsStream("contract.sql")) {
      statements =
          OracleServer.statements(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertThat(statements)
        .hasSize(23)
        .allSatisfy(
            statement -> assertThat(statement).matches("(?s)(CREATE|INSERT) .*(END \\w+;|\\))"));
    assertThat(statements.stream().flatMap(each -> OracleServer.drop(each).stream()))
        .hasSize(19)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE TABLE T (N NUMBER) | DROP TABLE T",
        "CREATE PROCEDURE P(A IN NUMBER) IS BEGIN NULL; END; | DROP PROCEDURE P",
        "CREATE FUNCTION F RETURN NUMBER IS BEGIN RETURN 1; END; | DROP FUNCTION F",
        "CREATE PACKAGE K AS END; | DROP PACKAGE K",
        "CREATE PACKAGE BODY K AS END; |",
        "INSERT INTO T VALUES (1) |"
      })
  void whatWasMadeIsDropped(String made, String drop) {
    assertThat(OracleServer.drop(made)).isEqualTo(Optional.ofNullable(drop));
  }
}
