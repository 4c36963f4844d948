package org.diferido.oracledouble.backing;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Oracle's dictionary views, over HSQLDB's own: what tools ask about tables. */
final class DictionaryViews {

  private static final String TABLES =
      """
      SELECT TABLE_SCHEMA AS OWNER, TABLE_NAME, CAST(NULL AS VARCHAR(12)) AS IOT_TYPE,
             'NO' AS NESTED, 'N' AS SECONDARY, 'N' AS TEMPORARY
        FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'BASE TABLE'
      """;

  private static final String OBJECTS =
      """
      SELECT TABLE_SCHEMA AS OWNER, TABLE_NAME AS OBJECT_NAME,
             CASE TABLE_TYPE WHEN 'VIEW' THEN 'VIEW' ELSE 'TABLE' END AS OBJECT_TYPE
        FROM INFORMATION_SCHEMA.TABLES
      UNION SELECT TABLE_SCHEM, INDEX_NAME, 'INDEX' FROM INFORMATION_SCHEMA.SYSTEM_INDEXINFO
      UNION SELECT SEQUENCE_SCHEMA, SEQUENCE_NAME, 'SEQUENCE' FROM INFORMATION_SCHEMA.SEQUENCES
      UNION SELECT OWNER, OBJECT_NAME, OBJECT_TYPE FROM SYS.STORED_OBJECTS
      """;

  private static final String COLUMNS =
      """
      SELECT TABLE_SCHEMA AS OWNER, TABLE_NAME, COLUMN_NAME, DATA_TYPE,
             SUBSTR(IS_NULLABLE, 1, 1) AS NULLABLE, ORDINAL_POSITION AS COLUMN_ID
        FROM INFORMATION_SCHEMA.COLUMNS
      """;

  private static final String USERS =
      """
      SELECT SCHEMA_NAME AS USERNAME,
             CASE WHEN SCHEMA_NAME IN ('SYS', 'PUBLIC', 'INFORMATION_SCHEMA', 'SYSTEM_LOBS')
                  THEN 'Y' ELSE 'N' END AS ORACLE_MAINTAINED
        FROM INFORMATION_SCHEMA.SCHEMATA
      """;

  private static final Map<String, String> VIEWS =
      Map.of(
          "ALL_TABLES", TABLES,
          "ALL_OBJECTS", OBJECTS,
          "ALL_TAB_COLUMNS", COLUMNS,
          "ALL_USERS", USERS,
          "GLOBAL_NAME", "SELECT CAST('DOUBLE' AS VARCHAR(128)) AS GLOBAL_NAME FROM DUAL");

  /** There is nothing of these here, and nobody has been granted anything. */
  private static final Map<String, String> EMPTY =
      Map.ofEntries(
          entry("SESSION_PRIVS", "PRIVILEGE"),
          entry("SESSION_ROLES", "ROLE"),
          entry("ALL_TAB_PRIVS", "TABLE_SCHEMA,TABLE_NAME,PRIVILEGE"),
          entry("ALL_XML_TABLES", "OWNER,TABLE_NAME"),
          entry("ALL_MVIEW_LOGS", "LOG_OWNER"),
          entry("ALL_DIMENSIONS", "OWNER"),
          entry("ALL_QUEUE_TABLES", "OWNER"),
          entry("ALL_DB_LINKS", "OWNER"),
          entry("ALL_CONTEXT", "NAMESPACE,SCHEMA"),
          entry("ALL_CREDENTIALS", "OWNER"));

  private static final Pattern NAMES =
      Pattern.compile(
          "(?i)(?<![\\w.\"])(?:SYS\\.)?(?="
              + "(?:ALL_PROCEDURES|ALL_ARGUMENTS|%s|%s)\\b)"
                  .formatted(String.join("|", VIEWS.keySet()), String.join("|", EMPTY.keySet())));

  private DictionaryViews() {}

  static List<String> statements() {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE SCHEMA SYS");
    statements.add(
        "CREATE TABLE SYS.STORED_OBJECTS"
            + " (OWNER VARCHAR(128), OBJECT_NAME VARCHAR(128), OBJECT_TYPE VARCHAR(23))");
    statements.add(
        "CREATE TABLE SYS.ALL_PROCEDURES (OWNER VARCHAR(128), OBJECT_NAME VARCHAR(128),"
            + " PROCEDURE_NAME VARCHAR(128), OBJECT_ID INTEGER, SUBPROGRAM_ID INTEGER,"
            + " OBJECT_TYPE VARCHAR(13))");
    statements.add(
        "CREATE TABLE SYS.ALL_ARGUMENTS (OBJECT_ID INTEGER, SUBPROGRAM_ID INTEGER,"
            + " POSITION INTEGER, DATA_LEVEL INTEGER)");
    VIEWS.forEach((name, query) -> statements.add("CREATE VIEW SYS." + name + " AS " + query));
    EMPTY.forEach(
        (name, columns) ->
            statements.add(
                "CREATE TABLE SYS.%s (%s VARCHAR(128))"
                    .formatted(name, columns.replace(",", " VARCHAR(128), "))));
    return statements;
  }

  /** A column of the view's own name stays as it is. */
  static String qualify(String sql) {
    return NAMES.matcher(sql).replaceAll("SYS.").replaceAll("(?i)SELECT SYS\\.", "SELECT ");
  }
}
