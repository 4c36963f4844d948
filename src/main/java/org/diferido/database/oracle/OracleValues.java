package org.diferido.database.oracle;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import org.diferido.database.JdbcValues;
import org.diferido.database.ResultValues;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.BoundCall.Binding;
import org.diferido.procedure.Parameter;
import org.jspecify.annotations.Nullable;

/** Puts values into calls and takes them out, by places: names would be those of the parameters. */
final class OracleValues {

  private OracleValues() {}

  static void bind(CallableStatement statement, BoundCall call) throws SQLException {
    int place = 0;
    Parameter returns = call.signature().returns();
    if (returns != null) {
      place++;
      register(statement, place, OracleType.of(returns.databaseType()));
    }
    for (Binding binding : call.bindings()) {
      if (binding.isPassed()) {
        for (Binding scalar : OracleExpression.of(binding).scalars()) {
          place++;
          bind(statement, place, scalar);
        }
      }
    }
  }

  private static void bind(CallableStatement statement, int place, Binding binding)
      throws SQLException {
    OracleType type = type(binding);
    if (binding.parameter().direction().goesIn()) {
      Object value = binding.value();
      if (value == null) {
        statement.setNull(place, type.isInterval() ? Types.VARCHAR : type.jdbcType());
      } else {
        set(statement, place, type, value);
      }
    }
    if (binding.parameter().direction().comesOut()) {
      register(statement, place, type);
    }
  }

  private static OracleType type(Binding binding) {
    OracleType declared = OracleType.of(binding.parameter().databaseType());
    return binding.parameter().direction() == Parameter.Direction.INOUT
        ? declared.boundBothWaysWith(binding.value())
        : declared;
  }

  private static void register(CallableStatement statement, int place, OracleType type)
      throws SQLException {
    statement.registerOutParameter(place, type.jdbcType());
  }

  private static void set(CallableStatement statement, int place, OracleType type, Object value)
      throws SQLException {
    switch (type.type()) {
      case TEXT -> setText(statement, place, type, (String) value);
      case NUMBER, INTEGER -> statement.setBigDecimal(place, (BigDecimal) value);
      case FLOAT -> statement.setObject(place, binary(type, (BigDecimal) value), type.jdbcType());
      case DATE, DAY, TIMESTAMP, TIMESTAMP_WITH_ZONE -> statement.setObject(place, value);
      case DAY_INTERVAL -> statement.setString(place, OracleIntervals.text((Duration) value));
      case MONTH_INTERVAL -> statement.setString(place, OracleIntervals.text((Period) value));
      case BOOLEAN -> statement.setBoolean(place, (Boolean) value);
      case CLOB -> setClob(statement, place, type, (String) value);
      case BLOB -> {
        byte[] bytes = (byte[]) value;
        statement.setBlob(place, new ByteArrayInputStream(bytes), bytes.length);
      }
      case BINARY -> statement.setBytes(place, (byte[]) value);
      case COLLECTION, OBJECT, CURSOR, UNSUPPORTED ->
          throw new IllegalArgumentException("no value goes in for " + type.type());
    }
  }

  private static Object binary(OracleType type, BigDecimal value) {
    return type.isSingle() ? (Object) value.floatValue() : (Object) value.doubleValue();
  }

  private static void setText(CallableStatement statement, int place, OracleType type, String value)
      throws SQLException {
    if (type.national()) {
      statement.setNString(place, value);
    } else {
      statement.setString(place, value);
    }
  }

  /** The driver makes a temporary large object of it, and frees it with the statement. */
  private static void setClob(CallableStatement statement, int place, OracleType type, String value)
      throws SQLException {
    if (type.national()) {
      statement.setNClob(place, new StringReader(value), value.length());
    } else {
      statement.setClob(place, new StringReader(value), value.length());
    }
  }

  static void read(CallableStatement statement, BoundCall call, ResultValues into)
      throws SQLException {
    int place = 0;
    Parameter returns = call.signature().returns();
    if (returns != null) {
      place++;
      read(statement, place, OracleType.of(returns.databaseType()), call.returnKey(), into);
    }
    for (Binding binding : call.bindings()) {
      if (binding.isPassed()) {
        place += OracleExpression.of(binding).scalars().size();
        if (binding.parameter().direction().comesOut()) {
          read(statement, place, type(binding), binding.key(), into);
        }
      }
    }
    OracleRows.readReturned(statement, into);
  }

  private static void read(
      CallableStatement statement, int place, OracleType type, String key, ResultValues into)
      throws SQLException {
    switch (type.type()) {
      case CLOB -> into.addAndFree(key, statement.getClob(place));
      case BLOB -> into.addAndFree(key, statement.getBlob(place));
      case CURSOR -> OracleRows.read(statement, place, key, into);
      default -> into.add(key, plain(statement, place, type));
    }
  }

  private static @Nullable Object plain(CallableStatement statement, int place, OracleType type)
      throws SQLException {
    return switch (type.type()) {
      case TEXT -> type.national() ? statement.getNString(place) : statement.getString(place);
      case NUMBER, INTEGER -> statement.getBigDecimal(place);
      case FLOAT -> {
        double number = statement.getDouble(place);
        yield statement.wasNull() ? null : binaryNumber(number, type);
      }
      case DATE, DAY, TIMESTAMP -> JdbcValues.time(statement.getObject(place, LocalDateTime.class));
      case TIMESTAMP_WITH_ZONE -> JdbcValues.time(statement.getObject(place, OffsetDateTime.class));
      case DAY_INTERVAL, MONTH_INTERVAL -> statement.getString(place);
      case BOOLEAN -> {
        boolean truth = statement.getBoolean(place);
        yield statement.wasNull() ? null : truth;
      }
      case BINARY -> JdbcValues.bytes(statement.getBytes(place));
      case CLOB, BLOB, COLLECTION, OBJECT, CURSOR, UNSUPPORTED ->
          throw new IllegalArgumentException("not a plain OUT value: " + type.type());
    };
  }

  private static Object binaryNumber(double number, OracleType type) {
    return type.isSingle() ? JdbcValues.number((float) number) : JdbcValues.number(number);
  }
}
