package org.diferido.oracledouble.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The rows of a query or of a REF CURSOR. */
public final class Rows {

  private final List<Column> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  public Rows(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * Without rows yet.
   *
   * @param columns {@code "IMPORTE NUMBER(10,2)"}: a name and a type
   */
  public static Rows of(String... columns) {
    return new Rows(Arrays.stream(columns).map(Column::parse).toList());
  }

  public Rows row(Object... values) {
    return add(Arrays.asList(values));
  }

  public Rows add(List<Object> values) {
    if (values.size() != columns.size()) {
      throw new IllegalArgumentException(values.size() + " values for " + columns);
    }
    rows.add(Collections.unmodifiableList(new ArrayList<>(values)));
    return this;
  }

  public List<Column> columns() {
    return columns;
  }

  public List<List<Object>> rows() {
    return rows;
  }

  public boolean hasLobs() {
    return columns.stream().anyMatch(column -> column.type().isLob());
  }
}
