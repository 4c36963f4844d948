package org.diferido.database.registry;

import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Statements that begin with a comment of their own. Were it part of the text that Jdbi is given,
 * Jdbi would read each anew, which it otherwise does once for all that are alike.
 */
final class CommentedSql implements SqlParser {

  private static final String COMMENT = "diferido.comment";

  private final SqlParser parser = new ColonPrefixSqlParser();

  /** Has a statement begin with a comment; an empty one is none. */
  static void comment(SqlStatement<?> statement, String comment) {
    if (!comment.isEmpty()) {
      statement.define(COMMENT, comment);
    }
  }

  @Override
  public ParsedSql parse(String sql, StatementContext context) {
    ParsedSql parsed = parser.parse(sql, context);
    return context.getAttribute(COMMENT) instanceof String comment
        ? ParsedSql.of(comment + parsed.getSql(), parsed.getParameters())
        : parsed;
  }

  @Override
  public String nameParameter(String rawName, StatementContext context) {
    return parser.nameParameter(rawName, context);
  }
}
