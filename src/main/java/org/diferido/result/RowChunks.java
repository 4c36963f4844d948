package org.diferido.result;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.diferido.procedure.ProcedureResult.Stored;
import org.diferido.procedure.ResultSink;
import org.diferido.result.ResultStore.Header;
import org.diferido.result.ResultStore.Position;
import org.diferido.result.format.CsvFormat;
import org.diferido.result.format.NdjsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into chunks, and finds out meanwhile how long their files will be and where in them
 * each chunk begins, so that a part of a file can be written without all before it.
 */
final class RowChunks implements ResultSink.RowSink {

  private final ResultWriting writing;
  private final Header header;
  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();
  private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
  private final DataOutputStream encoding = new DataOutputStream(encoded);
  private final FileMeasure csv;
  private final FileMeasure ndjson;
  private Position begin = Position.BEGINNING;
  private long rows;
  private int chunks;

  RowChunks(ResultWriting writing, Header header, List<String> columns) {
    this.writing = writing;
    this.header = header;
    this.csv = new FileMeasure(new CsvFormat(), columns);
    this.ndjson = new FileMeasure(new NdjsonFormat(false), columns);
  }

  @Override
  public void add(List<@Nullable Object> row) {
    encoded.reset();
    try {
      RowCodec.write(encoding, row);
      writing.count(encoded.size());
      if (chunk.size() > 0 && chunk.size() + encoded.size() > writing.chunk()) {
        store();
      }
      encoded.writeTo(chunk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    csv.add(row);
    ndjson.add(row);
    rows++;
  }

  @Override
  public Stored end() {
    store();
    return new Stored(
        header.id(), chunks, Map.of(csv.format(), csv.length(), ndjson.format(), ndjson.length()));
  }

  private void store() {
    writing.store(header, chunks, begin, chunk.toByteArray());
    chunks++;
    chunk.reset();
    begin = new Position(rows, csv.length(), ndjson.length());
  }
}
