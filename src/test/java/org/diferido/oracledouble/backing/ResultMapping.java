package org.diferido.oracledouble.backing;

import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.diferido.oracledouble.value.Column;
import org.diferido.oracledouble.value.DataType;
import org.diferido.oracledouble.value.Rows;
import org.diferido.oracledouble.value.UnknownException;

/** Oracle's rows from HSQLDB's. */
final class ResultMapping {

  private static final int LONGEST_VARCHAR = 32767;

  private ResultMapping() {}

  static Rows read(ResultSet result) throws SQLException {
    ResultSetMetaData meta = result.getMetaData();
    List<Column> columns = new ArrayList<>();
    for (int at = 1; at <= meta.getColumnCount(); at++) {
      columns.add(new Column(meta.getColumnLabel(at), type(meta, at)));
    }
    Rows rows = new Rows(columns);
    while (result.next()) {
      List<Object> row = new ArrayList<>();
      for (int at = 1; at <= columns.size(); at++) {
        row.add(value(result, at, meta.getColumnType(at)));
      }
      rows.add(row);
    }
    return rows;
  }

  private static DataType type(ResultSetMetaData meta, int at) throws SQLException {
    int precision = meta.getPrecision(at);
    int scale = meta.getScale(at);
    return DataType.parse(
        switch (meta.getColumnType(at)) {
          case Types.VARCHAR ->
              "VARCHAR2(" + Math.max(1, Math.min(precision, LONGEST_VARCHAR)) + ")";
          case Types.CHAR -> "CHAR(" + Math.max(1, precision) + ")";
          case Types.DECIMAL, Types.NUMERIC ->
              precision > 38 ? "NUMBER" : "NUMBER(" + precision + "," + scale + ")";
          case Types.BOOLEAN -> "NUMBER(1)";
          case Types.TINYINT, Types.SMALLINT -> "NUMBER(5)";
          case Types.INTEGER -> "NUMBER(10)";
          case Types.BIGINT -> "NUMBER(19)";
          case Types.DOUBLE -> "BINARY_DOUBLE";
          case Types.DATE -> "DATE";
          // In its Oracle syntax, a DATE is one without a fraction.
          case Types.TIMESTAMP -> scale == 0 ? "DATE" : "TIMESTAMP(" + scale + ")";
          case Types.TIMESTAMP_WITH_TIMEZONE -> "TIMESTAMP(" + scale + ") WITH TIME ZONE";
          case Types.CLOB -> "CLOB";
          case Types.BLOB -> "BLOB";
          case Types.VARBINARY, Types.BINARY -> "RAW(" + Math.min(precision, 2000) + ")";
          default -> throw new UnknownException("columns of type " + meta.getColumnTypeName(at));
        });
  }

  private static Object value(ResultSet result, int at, int type) throws SQLException {
    return switch (type) {
      case Types.CLOB -> text(result.getClob(at));
      case Types.BLOB -> bytes(result.getBlob(at));
      case Types.BOOLEAN -> result.getBigDecimal(at);
      case Types.DATE, Types.TIMESTAMP -> result.getObject(at, LocalDateTime.class);
      case Types.TIMESTAMP_WITH_TIMEZONE -> result.getObject(at, OffsetDateTime.class);
      case Types.VARBINARY, Types.BINARY -> result.getBytes(at);
      default -> result.getObject(at);
    };
  }

  private static String text(Clob clob) throws SQLException {
    return clob == null ? null : clob.getSubString(1, (int) clob.length());
  }

  private static byte[] bytes(Blob blob) throws SQLException {
    return blob == null ? null : blob.getBytes(1, (int) blob.length());
  }
}
