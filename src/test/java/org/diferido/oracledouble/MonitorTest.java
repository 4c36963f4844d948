package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MonitorTest extends DriverTesting {

  private static final String QUERY =
      """
      SELECT S.CLIENT_IDENTIFIER, S.STATUS, S.MODULE, S.ACTION, S.CLIENT_INFO, L.OPNAME, L.SOFAR,
             L.TOTALWORK, L.UNITS, L.MESSAGE
        FROM V$SESSION S LEFT JOIN V$SESSION_LONGOPS L ON L.SID = S.SID AND L.SERIAL# = S.SERIAL#
       WHERE S.CLIENT_IDENTIFIER IN (?, ?)
      """;

  private void call(Connection on, String procedure) throws SQLException {
    try (CallableStatement call = on.prepareCall("BEGIN " + procedure + "; END;")) {
      call.execute();
    }
  }

  @Test
  void whatTheDriverTellsIsSeenWithTheNextCall() throws SQLException {
    connection.setClientInfo("OCSID.CLIENTID", "trabajo-1");
    connection.setClientInfo("OCSID.MODULE", "diferido");
    connection.setClientInfo("OCSID.ACTION", "P");
    db.procedure(USER, null, "P", call -> call.clientInfo(call.clientIdentifier()));
    call(connection, "P");
    assertThat(db.journal())
        .contains("set CLIENTID=trabajo-1", "set MODULE=diferido", "set ACTION=P");
    try (Connection other = connect()) {
      connection = swap(other);
      assertThat(rows(QUERY, "trabajo-1", "trabajo-2"))
          .containsExactly("trabajo-1|INACTIVE|diferido|P|trabajo-1|null|null|null|null|null");
      assertThat(rows(QUERY, "x", "y")).isEmpty();
      connection = swap(other);
    }
    assertThat(db.unknown()).isEmpty();
  }

  private Connection first;

  private Connection swap(Connection other) {
    Connection before = first == null ? other : first;
    first = connection;
    return before;
  }

  @Test
  void progressIsSeenWhileTheCallRuns() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    db.procedure(
        USER,
        null,
        "P",
        call -> {
          call.module("carga");
          call.longops("antes", 1, 1, "x", null);
          call.longops("filas", 10, 100, "filas", "diez de cien");
          told.countDown();
          seen.await();
        });
    try (Connection busy = connect()) {
      busy.setClientInfo("OCSID.CLIENTID", "trabajo-1");
      CompletableFuture<Void> running =
          CompletableFuture.runAsync(
              () -> {
                try {
                  call(busy, "P");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      told.await();
      assertThat(rows(QUERY, "trabajo-1", "trabajo-2"))
          .containsExactly("trabajo-1|ACTIVE|carga|null|null|filas|10|100|filas|diez de cien");
      seen.countDown();
      running.get();
    }
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void withoutGrantsThereIsNoSuchView() {
    db.withoutGrants();
    assertThat(code(() -> rows(QUERY, "a", "b"))).isEqualTo(942);
    assertThat(db.unknown()).isEmpty();
  }
}
