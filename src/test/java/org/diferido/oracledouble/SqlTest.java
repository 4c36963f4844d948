package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that HSQLDB answers. */
class SqlTest extends DriverTesting {

  @BeforeEach
  void thereIsATable() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE TRABAJOS (
            ID       NUMBER(19) GENERATED ALWAYS AS IDENTITY (START WITH 1 NOCACHE),
            NOMBRE   VARCHAR2(10 CHAR) NOT NULL,
            IMPORTE  NUMBER(10,2),
            ALTA     TIMESTAMP(3),
            DIA      DATE,
            TEXTO    CLOB,
            BYTES    BLOB,
            CORTO    RAW(20),
            CONSTRAINT TRABAJOS_PK PRIMARY KEY (ID),
            CONSTRAINT TRABAJOS_NOMBRE UNIQUE (NOMBRE)
          )
          """);
      statement.execute("CREATE INDEX TRABAJOS_ALTA ON TRABAJOS (ALTA)");
      statement.execute("COMMENT ON TABLE TRABAJOS IS 'Lo que hay que hacer'");
    }
  }

  private int insert(String name) throws SQLException {
    return update("INSERT INTO TRABAJOS (NOMBRE) VALUES (?)", name);
  }

  private int update(String sql, Object... binds) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int at = 0; at < binds.length; at++) {
        statement.setObject(at + 1, binds[at]);
      }
      return statement.executeUpdate();
    }
  }

  @Test
  void countsAreThoseOfTheTable() throws SQLException {
    assertThat(insert("a")).isEqualTo(1);
    assertThat(insert("b")).isEqualTo(1);
    assertThat(update("UPDATE TRABAJOS SET IMPORTE = ?", new BigDecimal("1.25"))).isEqualTo(2);
    assertThat(update("DELETE FROM TRABAJOS WHERE NOMBRE = ?", "x")).isZero();
    assertThat(rows("SELECT ID, NOMBRE, IMPORTE FROM TRABAJOS ORDER BY ID"))
        .containsExactly("1|a|1.25", "2|b|1.25");
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void aBatchHasACountForEachOfItsRows() throws SQLException {
    insert("a");
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE TRABAJOS SET IMPORTE = ? WHERE NOMBRE = ?")) {
      for (String name : List.of("a", "x", "a")) {
        statement.setInt(1, 7);
        statement.setString(2, name);
        statement.addBatch();
      }
      assertThat(statement.executeBatch()).containsExactly(1, 0, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4000, 32_766, 32_767, 32_768, 200_000})
  void aLargeTextIsWrittenAndReadAsAString(int length) throws SQLException {
    String text = "ñ".repeat(length);
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO TRABAJOS (NOMBRE, TEXTO) VALUES (?, ?)")) {
      statement.setString(1, "largo");
      statement.setString(2, text);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
    assertThat(rows("SELECT NOMBRE, TEXTO FROM TRABAJOS"))
        .containsExactly("largo|" + (length == 0 ? "null" : text));
    assertThat(db.unknown()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2000, 40_000, 5 * 1024 * 1024})
  void bytesAreWrittenAndRead(int length) throws SQLException {
    byte[] bytes = new byte[length];
    bytes[length - 1] = 7;
    update("INSERT INTO TRABAJOS (NOMBRE, BYTES) VALUES (?, ?)", "bytes", bytes);
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT BYTES FROM TRABAJOS")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getBytes(1)).isEqualTo(bytes);
    }
  }

  @Test
  void columnsHaveOraclesTypes() throws SQLException {
    LocalDateTime time = LocalDateTime.of(2026, 2, 3, 4, 5, 6, 789_000_000);
    update(
        "INSERT INTO TRABAJOS (NOMBRE, ALTA, DIA, CORTO) VALUES (?, ?, ?, ?)",
        "a",
        Timestamp.valueOf(time),
        Timestamp.valueOf(time.withNano(0)),
        new byte[] {1, 2});
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT T.* FROM TRABAJOS T")) {
      var meta = result.getMetaData();
      StringBuilder types = new StringBuilder();
      for (int at = 1; at <= meta.getColumnCount(); at++) {
        types.append(meta.getColumnTypeName(at)).append(' ');
      }
      assertThat(types).hasToString("NUMBER VARCHAR2 NUMBER TIMESTAMP DATE CLOB BLOB RAW ");
      assertThat(result.next()).isTrue();
      assertThat(result.getObject("ALTA", LocalDateTime.class)).isEqualTo(time);
      assertThat(result.getTimestamp("DIA")).isEqualTo(Timestamp.valueOf(time.withNano(0)));
      assertThat(result.getBytes("CORTO")).containsExactly(1, 2);
      assertThat(result.getBigDecimal("IMPORTE")).isNull();
    }
  }

  @Test
  void manyRowsComeInManyFetches() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO TRABAJOS (NOMBRE) VALUES (?)")) {
      for (int at = 0; at < 1000; at++) {
        statement.setString(1, "n" + at);
        statement.addBatch();
      }
      assertThat(statement.executeBatch()).hasSize(1000).containsOnly(1);
    }
    for (int size : new int[] {1, 10, 333, 5000}) {
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(size);
        try (ResultSet result = statement.executeQuery("SELECT NOMBRE FROM TRABAJOS ORDER BY ID")) {
          List<String> names = rows(result);
          assertThat(names).hasSize(1000).startsWith("n0", "n1").endsWith("n999");
        }
      }
    }
  }

  @Test
  void aCommitIsSeenByOthersAndARollbackIsNot() throws SQLException {
    try (Connection other = connect()) {
      other.setAutoCommit(false);
      try (Statement statement = other.createStatement()) {
        statement.execute("INSERT INTO TRABAJOS (NOMBRE) VALUES ('a')");
        assertThat(rows("SELECT COUNT(*) FROM TRABAJOS")).containsExactly("0");
        other.commit();
        assertThat(rows("SELECT COUNT(*) FROM TRABAJOS")).containsExactly("1");
        statement.execute("DELETE FROM TRABAJOS");
        other.rollback();
        assertThat(rows("SELECT COUNT(*) FROM TRABAJOS")).containsExactly("1");
      }
    }
  }

  @Test
  void errorsHaveOraclesNumbers() throws SQLException {
    insert("a");
    assertThat(code(() -> insert("a"))).isEqualTo(1);
    assertThat(code(() -> insert(null))).isEqualTo(1400);
    assertThat(code(() -> insert("demasiado largo"))).isEqualTo(12899);
    assertThat(code(() -> update("UPDATE TRABAJOS SET IMPORTE = 123456789"))).isEqualTo(1438);
    assertThat(code(() -> rows("SELECT * FROM NADA"))).isEqualTo(942);
    assertThat(code(() -> rows("SELECT NADA FROM TRABAJOS"))).isEqualTo(904);
    assertThat(db.unknown()).isEmpty();
    assertThat(code(() -> rows("SELECT QUE ES ESTO FROM TRABAJOS"))).isEqualTo(600);
    assertThat(db.unknown()).hasSize(1);
  }

  @Test
  void theRegistrysPhrasesAreUnderstood() throws SQLException {
    insert("a");
    assertThat(rows("SELECT NOMBRE FROM TRABAJOS WHERE ID > ? FOR UPDATE SKIP LOCKED", 0))
        .containsExactly("a");
    assertThat(rows("SELECT NOMBRE FROM TRABAJOS ORDER BY ID FETCH FIRST ? ROWS ONLY", 1))
        .containsExactly("a");
    update("UPDATE TRABAJOS SET ALTA = SYS_EXTRACT_UTC(SYSTIMESTAMP)");
    assertThat(
            rows(
                "SELECT NOMBRE FROM TRABAJOS WHERE ALTA >="
                    + " SYS_EXTRACT_UTC(SYSTIMESTAMP) - NUMTODSINTERVAL(? / 1000, 'SECOND')",
                60_000))
        .containsExactly("a");
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void aBodyWritesInTheTransactionOfItsCall() throws SQLException {
    db.procedure(
        USER,
        null,
        "ESCRIBE",
        call -> {
          try (Statement statement = call.connection().createStatement()) {
            statement.execute("INSERT INTO TRABAJOS (NOMBRE) VALUES ('cuerpo')");
          }
        });
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN ESCRIBE; END;");
      connection.rollback();
      assertThat(rows("SELECT COUNT(*) FROM TRABAJOS")).containsExactly("0");
      statement.execute("BEGIN ESCRIBE; END;");
      connection.commit();
      assertThat(rows("SELECT COUNT(*) FROM TRABAJOS")).containsExactly("1");
    }
  }

  @Test
  void whatAFailedStatementDidIsUndoneAlone() throws SQLException {
    db.sql("INSERT INTO TRABAJOS (NOMBRE) VALUES ('b')");
    connection.setAutoCommit(false);
    insert("a");
    assertThat(code(() -> insert("b"))).isEqualTo(1);
    connection.commit();
    assertThat(rows("SELECT NOMBRE FROM TRABAJOS ORDER BY 1")).containsExactly("a", "b");
  }
}
