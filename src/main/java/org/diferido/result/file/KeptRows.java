package org.diferido.result.file;

import java.util.List;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.result.ResultStore.Position;
import org.jspecify.annotations.Nullable;

/** Rows that are the result's own: one piece. */
record KeptRows(Rows kept) implements RowPieces {

  @Override
  public List<String> columns() {
    return kept.columns();
  }

  @Override
  public long rowCount() {
    return kept.rowCount();
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public Position position(int piece) {
    return Position.BEGINNING;
  }

  @Override
  public List<List<@Nullable Object>> rows(int piece) {
    return kept.rows();
  }

  @Override
  public @Nullable Long length(String format) {
    return null;
  }
}
