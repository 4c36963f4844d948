package org.diferido.database.registry;

import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jspecify.annotations.Nullable;

/** How values that may be long are bound: as the dialect says that Jdbi was configured with. */
public final class LongValues implements JdbiConfig<LongValues> {

  private @Nullable RegistryDialect dialect;

  /** Made by Jdbi. */
  public LongValues() {}

  private LongValues(@Nullable RegistryDialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public LongValues createCopy() {
    return new LongValues(dialect);
  }

  void setDialect(RegistryDialect spoken) {
    this.dialect = spoken;
  }

  private RegistryDialect dialect() {
    if (dialect == null) {
      throw new IllegalStateException("Jdbi was not told its dialect");
    }
    return dialect;
  }

  static Argument text(@Nullable String value) {
    return (at, statement, context) -> {
      if (value == null) {
        statement.setString(at, null);
      } else {
        context.getConfig(LongValues.class).dialect().bindText(statement, at, value);
      }
    };
  }

  static Argument bytes(byte @Nullable [] value) {
    return (at, statement, context) -> {
      if (value == null) {
        statement.setBytes(at, null);
      } else {
        context.getConfig(LongValues.class).dialect().bindBytes(statement, at, value);
      }
    };
  }
}
