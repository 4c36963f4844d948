package org.diferido.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.Set;
import javax.sql.DataSource;
import org.hsqldb.jdbc.JDBCConnection;
import org.hsqldb.jdbc.JDBCDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections behind a proxy that passes calls on and does not unwrap what they throw. */
class DeclaredErrorsTest {

  private final JDBCDataSource database = new JDBCDataSource();
  private final DataSource pool = passingOn(DataSource.class, database);
  private final DataSource declared = DeclaredErrors.of(pool);

  @BeforeEach
  void name() {
    database.setUrl("jdbc:hsqldb:mem:declared");
  }

  private static <T> T passingOn(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            DeclaredErrorsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object result = method.invoke(real, arguments);
              return method.getName().equals("getConnection")
                  ? passingOn(Connection.class, (Connection) result)
                  : result;
            }));
  }

  @Test
  void whatTheDriverThrowsIsThrown() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      assertThatThrownBy(() -> connection.prepareStatement("NO SQL"))
          .isInstanceOf(UndeclaredThrowableException.class);
    }
    try (Connection connection = declared.getConnection()) {
      assertThatThrownBy(() -> connection.prepareStatement("NO SQL"))
          .isInstanceOf(SQLSyntaxErrorException.class);
    }
  }

  @Test
  void whatAPoolThrowsInsteadOfAConnectionIsThrown() {
    database.setUrl("jdbc:hsqldb:mem:nobody;ifexists=true");
    database.setUser("NOBODY");
    assertThatThrownBy(pool::getConnection).isInstanceOf(UndeclaredThrowableException.class);
    assertThatThrownBy(declared::getConnection).isInstanceOf(SQLException.class);
  }

  @Test
  void aConnectionIsItselfAndCanBeUnwrappedAndClosed() throws SQLException {
    try (Connection connection = declared.getConnection();
        Connection another = declared.getConnection()) {
      assertThat(Set.of(connection)).contains(connection).doesNotContain(another);
      assertThat(connection.unwrap(JDBCConnection.class)).isNotNull();
      connection.close();
      assertThat(connection.isClosed()).isTrue();
    }
  }
}
