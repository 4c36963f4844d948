package org.diferido.database.registry;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hsqldb.jdbc.JDBCDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The registry that comes with the service: an HSQLDB in files, for one process at a time, durable
 * at every commit. Made for {@code @DataSourceDefinition}.
 *
 * <p>Its folder is the system property {@value #PROPERTY}, else the environment's {@value
 * #VARIABLE}, else {@code .diferido/registry} in the user's home. It is made when missing, for this
 * user alone.
 *
 * <p>A process that was killed leaves a lock file that counts for about ten seconds; the first
 * connection waits for it, {@value #TRIES} times ten seconds at most.
 */
public class EmbeddedRegistryDataSource extends JDBCDataSource {

  static final String PROPERTY = "diferido.registry.folder";
  static final String VARIABLE = "DIFERIDO_REGISTRY_FOLDER";

  private static final long serialVersionUID = 1L;

  /** A lock left behind may be refused once, by a hair; one refused twice is being renewed. */
  private static final int TRIES = 2;

  /** HSQLDB's LOCK_FILE_ACQUISITION_FAILURE, told after it has looked for ten seconds. */
  private static final int LOCKED = -451;

  /**
   * mvcc: readers do not wait for writers. write_delay=false: a commit is on the disk when it
   * returns. log_size: megabytes of log after which it is written into the data file. cache_size:
   * kilobytes of rows kept in memory at most, and so the most that one row may have.
   */
  private static final String SETTINGS =
      ";hsqldb.tx=mvcc;hsqldb.write_delay=false;hsqldb.default_table_type=cached"
          + ";hsqldb.log_size=20;hsqldb.cache_size=64000;hsqldb.lock_file=true";

  private static final Set<EmbeddedRegistryDataSource> OPEN = ConcurrentHashMap.newKeySet();

  static {
    // Left alone, HSQLDB resets the handlers of java.util.logging, which are the server's.
    if (System.getProperty("hsqldb.reconfig_logging") == null) {
      System.setProperty("hsqldb.reconfig_logging", "false");
    }
  }

  private boolean shutDown;

  /** The container makes it and may set its user; nothing is opened yet. */
  @SuppressWarnings("this-escape")
  public EmbeddedRegistryDataSource() {
    setUser("SA");
    setPassword("");
  }

  @Override
  public synchronized Connection getConnection() throws SQLException {
    if (shutDown) {
      throw new SQLNonTransientConnectionException("the embedded registry is shut down", "08003");
    }
    Path folder = folder();
    setUrl("jdbc:hsqldb:file:" + folder.resolve("registry") + SETTINGS);
    Connection connection = connect(folder);
    OPEN.add(this);
    return connection;
  }

  /** The same: in this process everybody is the owner. */
  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return getConnection();
  }

  /**
   * Closes what this class has opened, so that another process, or the next deployment, may open
   * it. Those who come late get no connection, lest they open it again.
   *
   * @throws SQLException when it could not be closed; its lock file then counts for ten seconds
   *     after the process has ended
   */
  public static void shutdown() throws SQLException {
    Set<String> urls = new LinkedHashSet<>();
    for (EmbeddedRegistryDataSource each : OPEN) {
      urls.add(each.giveUp());
    }
    for (String url : urls) {
      try (Connection connection = DriverManager.getConnection(url, "SA", "");
          Statement statement = connection.createStatement()) {
        statement.execute("SHUTDOWN");
      }
    }
  }

  private synchronized String giveUp() {
    shutDown = true;
    OPEN.remove(this);
    return getUrl();
  }

  private Connection connect(Path folder) throws SQLException {
    SQLException locked = null;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      try {
        return super.getConnection();
      } catch (SQLException e) {
        if (e.getErrorCode() != LOCKED) {
          throw e;
        }
        locked = e;
      }
    }
    throw new SQLNonTransientConnectionException(
        "another process has the registry in " + folder + " open", "08001", locked);
  }

  private static Path folder() throws SQLException {
    String set = System.getProperty(PROPERTY);
    if (set == null || set.isBlank()) {
      set = System.getenv(VARIABLE);
    }
    Path folder =
        set == null || set.isBlank()
            ? Path.of(System.getProperty("user.home"), ".diferido", "registry")
            : Path.of(set.strip());
    try {
      return Files.createDirectories(folder.toAbsolutePath(), forThisUserAlone());
    } catch (IOException e) {
      throw new SQLNonTransientConnectionException(
          "the folder of the registry cannot be made: " + folder, "08001", e);
    }
  }

  /** The registry has what people sent to their procedures, and what came back. */
  private static FileAttribute<?>[] forThisUserAlone() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
