package org.diferido.oracledouble.backing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Oracle says in another way than HSQLDB. */
final class SqlTranslation {

  private static final String UTC_NOW =
      "CAST(CURRENT_TIMESTAMP AT TIME ZONE INTERVAL '0:00' HOUR TO MINUTE AS TIMESTAMP(6))";

  private static final Map<Pattern, String> RULES = new LinkedHashMap<>();

  static {
    rule("\\bSYS_EXTRACT_UTC\\s*\\(\\s*SYSTIMESTAMP\\s*\\)", UTC_NOW);
    rule("\\bBY\\s+DEFAULT\\s+ON\\s+NULL\\s+AS\\s+IDENTITY\\b", "BY DEFAULT AS IDENTITY");
    rule("\\bNOCACHE\\b|\\bNOORDER\\b|\\bCACHE\\s+\\d+|\\bORDER\\b(?=\\s*\\))", "");
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
    rule("\\bNLSSORT\\s*\\(([^,()]+),[^,()]+\\)", "$1");
    rule(";\\s*$", "");
  }

  private static final Pattern TEXT_BIND_OR_COMMENT =
      Pattern.compile("(?s)'(?:[^']|'')*'|:\\w+|--[^\\n]*|/\\*.*?\\*/");
  private static final Pattern PLACE = Pattern.compile("'\u0001(\\d+)'");

  private SqlTranslation() {}

  private static void rule(String oracle, String hsqldb) {
    RULES.put(Pattern.compile("(?is)" + oracle), hsqldb);
  }

  /** Leaves text in quotes alone, and comments out. */
  static String translate(String sql) {
    List<String> texts = new ArrayList<>();
    String translated = DictionaryViews.qualify(withoutTexts(sql, texts));
    for (Map.Entry<Pattern, String> rule : RULES.entrySet()) {
      translated = rule.getKey().matcher(translated).replaceAll(rule.getValue());
    }
    return PLACE
        .matcher(translated)
        .replaceAll(place -> Matcher.quoteReplacement(texts.get(Integer.parseInt(place.group(1)))));
  }

  /** With places for the texts and question marks for the binds. */
  private static String withoutTexts(String sql, List<String> texts) {
    StringBuilder text = new StringBuilder();
    Matcher part = TEXT_BIND_OR_COMMENT.matcher(sql);
    while (part.find()) {
      String found = part.group();
      String instead = found.startsWith(":") ? "?" : " ";
      if (found.startsWith("'")) {
        instead = "'\u0001" + texts.size() + "'";
        texts.add(found);
      }
      part.appendReplacement(text, Matcher.quoteReplacement(instead));
    }
    return part.appendTail(text).toString();
  }
}
