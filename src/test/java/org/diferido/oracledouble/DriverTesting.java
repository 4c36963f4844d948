package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A double and a connection of the real driver to it. */
abstract class DriverTesting {

  static final String USER = "APP";
  static final String PASSWORD = "secret";

  OracleDouble db;
  Connection connection;

  @BeforeEach
  void connects() throws SQLException {
    db = new OracleDouble(USER, PASSWORD);
    connection = connect();
  }

  @AfterEach
  void closes() throws SQLException {
    try {
      connection.close();
    } finally {
      db.close();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("oracle-double"));
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(db.url(), USER, PASSWORD);
  }

  /** Null when there was none. */
  static SQLException failure(ThrowingCallable call) {
    return catchThrowableOfType(SQLException.class, call);
  }

  /** 0 when there was no error. */
  static int code(ThrowingCallable call) {
    SQLException error = failure(call);
    return error == null ? 0 : error.getErrorCode();
  }

  /** The rows of a query, their columns separated by a bar. */
  List<String> rows(String sql, Object... binds) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int at = 0; at < binds.length; at++) {
        statement.setObject(at + 1, binds[at]);
      }
      try (ResultSet result = statement.executeQuery()) {
        return rows(result);
      }
    }
  }

  static List<String> rows(ResultSet result) throws SQLException {
    List<String> rows = new ArrayList<>();
    while (result.next()) {
      List<String> values = new ArrayList<>();
      for (int at = 1; at <= result.getMetaData().getColumnCount(); at++) {
        values.add(String.valueOf(result.getString(at)));
      }
      rows.add(String.join("|", values));
    }
    return rows;
  }
}
