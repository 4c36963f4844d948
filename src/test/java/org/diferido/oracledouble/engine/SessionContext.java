package org.diferido.oracledouble.engine;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diferido.oracledouble.catalog.SessionInfo;
import org.diferido.oracledouble.value.UnknownException;

/** SYS_CONTEXT('USERENV', ...) and USER: put into a statement as the values that they have. */
final class SessionContext {

  private static final Pattern SYS_CONTEXT =
      Pattern.compile("(?i)\\bSYS_CONTEXT\\s*\\(\\s*'USERENV'\\s*,\\s*'(\\w+)'\\s*\\)");
  private static final Pattern USER = Pattern.compile("(?i)(?<![\\w.$\"'])USER(?![\\w.$\"'(])");

  private static final Pattern TIME_ZONE = Pattern.compile("(?i)\\b(?:DB|SESSION)TIMEZONE\\b");

  private final SessionInfo info;

  SessionContext(SessionInfo info) {
    this.info = info;
  }

  String resolve(String sql) {
    Matcher context = SYS_CONTEXT.matcher(sql);
    String resolved =
        context.replaceAll(found -> Matcher.quoteReplacement(literal(value(found.group(1)))));
    resolved = TIME_ZONE.matcher(resolved).replaceAll("'+00:00'");
    return USER.matcher(resolved).replaceAll(Matcher.quoteReplacement(literal(info.user())));
  }

  private String value(String parameter) {
    return switch (parameter.toUpperCase(Locale.ROOT)) {
      case "CURRENT_SCHEMA" -> info.schema();
      case "CURRENT_USER", "SESSION_USER" -> info.user();
      case "SID" -> Integer.toString(info.sid());
      case "CLIENT_IDENTIFIER" -> info.attribute("CLIENTID");
      case "MODULE", "ACTION", "CLIENT_INFO" -> info.attribute(parameter.toUpperCase(Locale.ROOT));
      case "INSTANCE" -> "1";
      case "DB_NAME", "SERVICE_NAME" -> "DOUBLE";
      default -> throw new UnknownException("SYS_CONTEXT USERENV " + parameter);
    };
  }

  private static String literal(String value) {
    return value == null ? "CAST(NULL AS VARCHAR(256))" : "'" + value.replace("'", "''") + "'";
  }
}
