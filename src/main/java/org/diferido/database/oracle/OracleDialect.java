package org.diferido.database.oracle;

import java.nio.charset.StandardCharsets;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.diferido.database.CallLog;
import org.diferido.database.Dialect;
import org.diferido.database.ErrorKind;
import org.diferido.database.ErrorTable;
import org.diferido.database.ResultValues;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CatalogueQuery;
import org.diferido.procedure.ListedProcedure;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.Progress;
import org.diferido.procedure.Signature;

/** Oracle Database 19c and later, through ojdbc11. */
public final class OracleDialect implements Dialect {

  private static final ErrorTable ERRORS = new OracleErrors();

  /** As much as every version keeps of MODULE and of CLIENT_INFO, in bytes. */
  private static final int MOST_MODULE = 48;

  private static final int MOST_INFO = 64;

  @Override
  public String product() {
    return "Oracle";
  }

  @Override
  public ErrorTable errors() {
    return ERRORS;
  }

  @Override
  public List<Signature> resolve(Connection connection, ProcedureName name) throws SQLException {
    return OracleSignatures.find(connection, name);
  }

  @Override
  public List<ListedProcedure> list(Connection connection, CatalogueQuery query)
      throws SQLException {
    return OracleCatalogue.list(connection, query);
  }

  @Override
  public String callText(BoundCall call, CallTag tag) {
    return OracleCallText.of(call);
  }

  @Override
  public void bind(CallableStatement statement, BoundCall call) throws SQLException {
    OracleValues.bind(statement, call);
  }

  @Override
  public void read(CallableStatement statement, BoundCall call, ResultValues into)
      throws SQLException {
    OracleValues.read(statement, call, into);
  }

  /** These go to the database in the same packet as the call, and to V$SESSION before it begins. */
  @Override
  public void tag(Connection connection, BoundCall call, CallTag tag) throws SQLException {
    try {
      connection.setClientInfo("OCSID.CLIENTID", tag.id());
      connection.setClientInfo("OCSID.MODULE", cut(call.signature().name().display(), MOST_MODULE));
      connection.setClientInfo("OCSID.ACTION", OracleSessions.ACTION);
      connection.setClientInfo("OCSID.CLIENT_INFO", cut(tag.caller(), MOST_INFO));
    } catch (SQLClientInfoException e) {
      if (ERRORS.kind(e) == ErrorKind.CONNECTION_LOST) {
        throw e;
      }
      // A pool that does not pass it on; then there is no live progress.
    }
  }

  private static String cut(String text, int bytes) {
    String cut = text;
    while (cut.getBytes(StandardCharsets.UTF_8).length > bytes) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  @Override
  public CallWatch watch(
      Connection connection,
      CallableStatement statement,
      CallTag tag,
      Consumer<Progress> progress) {
    return new CallWatch() {
      @Override
      public List<String> log() throws SQLException {
        return CallLog.bounded(OracleOutput.take(connection));
      }
    };
  }

  @Override
  public boolean observes() {
    return true;
  }

  @Override
  public Map<String, Progress> observe(Connection connection, Collection<String> ids)
      throws SQLException {
    return OracleSessions.look(connection, ids);
  }

  @Override
  public Told end(Connection connection, String id, boolean harder) throws SQLException {
    return OracleSessionEnd.end(connection, id, harder);
  }

  @Override
  public Optional<Set<String>> alive(Connection connection, Collection<String> ids)
      throws SQLException {
    return Optional.of(OracleSessionEnd.alive(connection, ids));
  }

  @Override
  public String sessionGrants() {
    return "READ on SYS.GV_$SESSION and, to end them, ALTER SYSTEM";
  }

  @Override
  public void ping(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1 FROM DUAL");
    }
  }
}
