package org.diferido.oracledouble.plsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of SQL or PL/SQL.
 *
 * @param text without the quotes and the colon; a name that is not quoted is in upper case
 * @param position in the source, from 0
 * @param end behind it
 */
public record Token(Kind kind, String text, int position, int end) {

  /** What a word is. */
  public enum Kind {
    NAME,
    QUOTED_NAME,
    BIND,
    STRING,
    NUMBER,
    SYMBOL
  }

  private static final Pattern NEXT =
      Pattern.compile(
          "(?s)(?<skip>\\s+|--[^\\n]*|/\\*.*?\\*/)"
              + "|:(?<bind>\\w+)"
              + "|(?<name>\\p{L}[\\w$#]*)"
              + "|\"(?<quoted>[^\"]+)\""
              + "|[nN]?'(?<string>(?:[^']|'')*)'"
              + "|(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
              + "|(?<symbol>=>|:=|\\|\\||<>|<=|>=|!=|.)");

  public static List<Token> read(String source) {
    List<Token> tokens = new ArrayList<>();
    Matcher next = NEXT.matcher(source);
    while (next.find()) {
      Token token = token(next);
      if (token != null) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  /** Null for spaces and comments. */
  private static Token token(Matcher found) {
    if (found.group("skip") != null) {
      return null;
    }
    if (found.group("bind") != null) {
      return new Token(Kind.BIND, found.group("bind"), found.start(), found.end());
    }
    if (found.group("name") != null) {
      String folded = found.group("name").toUpperCase(Locale.ROOT);
      return new Token(Kind.NAME, folded, found.start(), found.end());
    }
    if (found.group("quoted") != null) {
      return new Token(Kind.QUOTED_NAME, found.group("quoted"), found.start(), found.end());
    }
    if (found.group("string") != null) {
      String text = found.group("string").replace("''", "'");
      return new Token(Kind.STRING, text, found.start(), found.end());
    }
    if (found.group("number") != null) {
      return new Token(Kind.NUMBER, found.group("number"), found.start(), found.end());
    }
    return new Token(Kind.SYMBOL, found.group("symbol"), found.start(), found.end());
  }

  boolean isName() {
    return kind == Kind.NAME || kind == Kind.QUOTED_NAME;
  }

  public boolean isWord(String word) {
    return kind == Kind.NAME && text.equals(word);
  }

  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }
}
