package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class LogonTest extends DriverTesting {

  @Test
  void theDriverTakesItForAServer() throws SQLException {
    assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("Oracle");
    assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(19);
    assertThat(connection.getMetaData().getUserName()).isEqualTo(USER);
    assertThat(connection.isValid(5)).isTrue();
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void aWrongPasswordIsRefused() {
    assertThat(code(() -> DriverManager.getConnection(db.url(), USER, "otra"))).isEqualTo(1017);
    assertThat(code(() -> DriverManager.getConnection(db.url(), "OTRO", PASSWORD))).isEqualTo(1017);
  }

  @Test
  void anUnknownServiceIsRefused() {
    db.services("OTRO");
    assertThat(code(this::connect)).isEqualTo(12514);
  }

  @Test
  void theJournalTellsWhatTheClientDid() throws SQLException {
    try (Connection other = connect()) {
      other.setAutoCommit(false);
      other.commit();
      other.rollback();
      assertThat(other.isValid(5)).isTrue();
    }
    assertThat(db.journal())
        .endsWith("connect", "logon APP", "commit", "rollback", "ping", "logoff");
  }
}
