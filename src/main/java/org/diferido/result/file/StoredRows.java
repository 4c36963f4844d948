package org.diferido.result.file;

import java.util.List;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.ProcedureResult.Stored;
import org.diferido.result.ResultStore;
import org.diferido.result.ResultStore.Position;
import org.diferido.result.RowCodec;
import org.jspecify.annotations.Nullable;

/** Rows that are in the store. */
record StoredRows(Rows first, Stored stored, ResultStore store) implements RowPieces {

  @Override
  public List<String> columns() {
    return first.columns();
  }

  @Override
  public long rowCount() {
    return first.rowCount();
  }

  @Override
  public int count() {
    return stored.chunks();
  }

  @Override
  public Position position(int piece) {
    return store.position(stored.id(), piece).orElseThrow(StoredRows::gone);
  }

  @Override
  public List<List<@Nullable Object>> rows(int piece) {
    byte[] chunk = store.chunk(stored.id(), piece).orElseThrow(StoredRows::gone);
    return RowCodec.read(chunk, first.columns().size());
  }

  @Override
  public @Nullable Long length(String format) {
    return stored.lengths().get(format);
  }

  /** The job was removed meanwhile. */
  static RuntimeException gone() {
    return Failure.of(FailureCode.RESULT_NOT_FOUND).toException();
  }
}
