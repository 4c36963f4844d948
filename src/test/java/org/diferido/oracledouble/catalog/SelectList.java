package org.diferido.oracledouble.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.diferido.oracledouble.plsql.Token;
import org.diferido.oracledouble.value.Column;
import org.diferido.oracledouble.value.DataType;
import org.diferido.oracledouble.value.Rows;
import org.diferido.oracledouble.value.UnknownException;

/** The columns between SELECT and FROM of a query that is answered without a database. */
final class SelectList {

  private final List<Item> items;

  /** {@code alias.COLUMN AS label}; the alias is empty when there is none. */
  record Item(String alias, String column, String label) {}

  /**
   * A column that can be asked for.
   *
   * @param <R> what a row is made from
   */
  record Source<R>(DataType type, Function<R, Object> value) {
    static <R> Source<R> of(String type, Function<R, Object> value) {
      return new Source<>(DataType.parse(type), value);
    }
  }

  private SelectList(List<Item> items) {
    this.items = items;
  }

  static SelectList of(String sql) {
    List<Token> tokens = Token.read(sql);
    List<Item> items = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Token token : tokens.subList(1, tokens.size())) {
      boolean ends = token.isWord("FROM");
      if (ends || token.isSymbol(",")) {
        items.add(item(words));
        words.clear();
      } else if (!token.isWord("AS")) {
        words.add(token.text());
      }
      if (ends) {
        return new SelectList(items);
      }
    }
    throw new UnknownException("the columns of " + sql);
  }

  private static Item item(List<String> words) {
    boolean qualified = words.size() > 2 && words.get(1).equals(".");
    List<String> rest = qualified ? words.subList(2, words.size()) : words;
    if (rest.isEmpty() || rest.size() > 2) {
      throw new UnknownException("the column " + String.join(" ", words));
    }
    String label = rest.get(rest.size() - 1);
    return new Item(qualified ? words.get(0) : "", rest.get(0), label);
  }

  /**
   * The answer.
   *
   * @param tables the columns of each table, by its alias in the query
   */
  <R> Rows select(Map<String, Map<String, Source<R>>> tables, List<R> rows) {
    List<Source<R>> sources = items.stream().map(item -> source(tables, item)).toList();
    List<Column> columns = new ArrayList<>();
    for (int at = 0; at < items.size(); at++) {
      columns.add(new Column(items.get(at).label(), sources.get(at).type()));
    }
    Rows answer = new Rows(columns);
    for (R row : rows) {
      List<Object> values = new ArrayList<>();
      sources.forEach(source -> values.add(source.value().apply(row)));
      answer.add(values);
    }
    return answer;
  }

  private static <R> Source<R> source(Map<String, Map<String, Source<R>>> tables, Item item) {
    Optional<Source<R>> found =
        tables.entrySet().stream()
            .filter(each -> !tables.containsKey(item.alias()) || each.getKey().equals(item.alias()))
            .map(each -> each.getValue().get(item.column()))
            .filter(Objects::nonNull)
            .findFirst();
    return found.orElseThrow(
        () -> new UnknownException("the column " + item.alias() + "." + item.column()));
  }

  /** The alias that a query gives to a table: the name behind the table's. */
  static String alias(String sql, String table) {
    List<Token> tokens = Token.read(sql);
    for (int at = 0; at + 1 < tokens.size(); at++) {
      if (tokens.get(at).isWord(table)) {
        int next = at + (tokens.get(at + 1).isWord("AS") ? 2 : 1);
        boolean named = tokens.get(next).kind() == Token.Kind.NAME && !isClause(tokens.get(next));
        return named ? tokens.get(next).text() : table;
      }
    }
    return table;
  }

  private static boolean isClause(Token token) {
    return List.of("WHERE", "LEFT", "INNER", "JOIN", "ON", "ORDER").contains(token.text());
  }
}
