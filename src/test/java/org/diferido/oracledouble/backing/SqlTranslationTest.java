package org.diferido.oracledouble.backing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTranslationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT A FROM T WHERE B = :1 AND C = :x | SELECT A FROM T WHERE B = ? AND C = ?",
        "A NUMBER GENERATED ALWAYS AS IDENTITY | A NUMBER GENERATED ALWAYS AS IDENTITY (START WITH 1)",
        "ALTER TABLE T ADD (A NUMBER(1)) | ALTER TABLE T ADD A NUMBER(1)",
        "A VARCHAR2(10 CHAR) | A VARCHAR2(10)",
        "SELECT OWNER FROM ALL_TABLES | SELECT OWNER FROM SYS.ALL_TABLES",
        "SELECT 1 FROM SYS.DUAL | SELECT 1 FROM DUAL"
      })
  void whatOracleSaysInAnotherWayIsTranslated(String oracle, String hsqldb) {
    assertThat(SqlTranslation.translate(oracle).strip()).isEqualTo(hsqldb);
  }

  @Test
  void textInQuotesStaysAsItIs() {
    assertThat(SqlTranslation.translate("INSERT INTO T VALUES ('FOR UPDATE :1 -- it''s', :1)"))
        .isEqualTo("INSERT INTO T VALUES ('FOR UPDATE :1 -- it''s', ?)");
  }

  @Test
  void commentsAreLeftOut() {
    assertThat(SqlTranslation.translate("-- uno :1\nSELECT /*+ INDEX(T) */ 1 FROM T").strip())
        .isEqualTo("SELECT   1 FROM T");
  }

  @Test
  void columnsAreAddedOneByOne() {
    assertThat(AddedColumns.each("-- uno\nALTER TABLE T ADD (\n A NUMBER(9, 2),\n B DATE)"))
        .containsExactly("ALTER TABLE T ADD (A NUMBER(9, 2))", "ALTER TABLE T ADD (B DATE)");
    assertThat(AddedColumns.each("SELECT 1 FROM DUAL")).containsExactly("SELECT 1 FROM DUAL");
  }
}
