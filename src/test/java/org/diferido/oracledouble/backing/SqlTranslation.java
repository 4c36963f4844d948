package org.diferido.oracledouble.backing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.diferido.oracledouble.plsql.Token;

/** What Oracle says in another way than HSQLDB. */
final class SqlTranslation {

  private static final String UTC_NOW =
      "CAST(CURRENT_TIMESTAMP AT TIME ZONE INTERVAL '0:00' HOUR TO MINUTE AS TIMESTAMP(6))";

  private static final Map<Pattern, String> RULES = new LinkedHashMap<>();

  static {
    rule("\\bSYS_EXTRACT_UTC\\s*\\(\\s*SYSTIMESTAMP\\s*\\)", UTC_NOW);
    // HSQLDB has one writer of a row at a time anyway: the second one fails or waits.
    rule("\\bFOR\\s+UPDATE\\b(?:\\s+(?:NOWAIT|SKIP\\s+LOCKED|WAIT\\s+\\d+))?", "");
    rule("\\bBY\\s+DEFAULT\\s+ON\\s+NULL\\s+AS\\s+IDENTITY\\b", "BY DEFAULT AS IDENTITY");
    rule("\\bNOCACHE\\b|\\bNOORDER\\b|\\bCACHE\\s+\\d+", "");
    // Oracle counts from 1, HSQLDB from 0.
    rule("\\bAS\\s+IDENTITY\\b(?!\\s*\\()", "AS IDENTITY (START WITH 1)");
    rule("\\bAS\\s+IDENTITY\\s*\\((?![^)]*\\bSTART\\b)([^)]*)\\)", "AS IDENTITY (START WITH 1 $1)");
    rule("\\b(N?VARCHAR2|CHAR)\\s*\\(\\s*(\\d+)\\s+(?:CHAR|BYTE)\\s*\\)", "$1($2)");
    rule("\\s+TABLESPACE\\s+\"?\\w+\"?", "");
    rule(
        "\\bLOB\\s*\\([^)]*\\)\\s*STORE\\s+AS\\s+(?:SECUREFILE|BASICFILE)?\\s*(?:\\([^)]*\\))?",
        "");
    rule("\\s+\\bIS\\s+JSON\\b", " IS NOT NULL");
    rule("\\bMINUS\\b(?=\\s+SELECT\\b)", "EXCEPT");
    rule("\\bDBMS_LOB\\.GETLENGTH\\s*\\(", "LENGTH(");
    rule("\\bDBMS_LOB\\.SUBSTR\\s*\\(([^,()]+),([^,()]+),([^,()]+)\\)", "SUBSTR($1,$3,$2)");
    rule("(\\bALTER\\s+TABLE\\s+\\S+\\s+ADD)\\s*\\((.*)\\)\\s*$", "$1 $2");
    rule("\\bCASCADE\\s+CONSTRAINTS(?:\\s+PURGE)?", "CASCADE");
    rule("\\bSYS\\.(?=DUAL\\b)", "");
    rule(";\\s*$", "");
  }

  private SqlTranslation() {}

  private static void rule(String oracle, String hsqldb) {
    RULES.put(Pattern.compile("(?is)" + oracle), hsqldb);
  }

  /** Text in quotes is not looked for: no statement here has such words in it. */
  static String translate(String sql) {
    String translated = DictionaryViews.qualify(sql);
    for (Map.Entry<Pattern, String> rule : RULES.entrySet()) {
      translated = rule.getKey().matcher(translated).replaceAll(rule.getValue());
    }
    return withQuestionMarks(translated);
  }

  private static String withQuestionMarks(String sql) {
    StringBuilder text = new StringBuilder();
    int done = 0;
    for (Token token : Token.read(sql)) {
      if (token.kind() == Token.Kind.BIND) {
        text.append(sql, done, token.position()).append('?');
        done = token.end();
      }
    }
    return text.append(sql.substring(done)).toString();
  }
}
