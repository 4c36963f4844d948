package org.diferido.database.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.database.GatewayCalls.in;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;
import org.diferido.database.GatewayCalls;
import org.diferido.database.LargeResultsContract;
import org.diferido.procedure.KeptResults;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.ProcedureResult.Rows;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresLargeResultsTest extends LargeResultsContract {

  private static final DataSource DATABASE = Postgres17.newDatabase();

  private final GatewayCalls calls = new GatewayCalls(DATABASE, new PostgresDialect());

  @BeforeAll
  static void theProceduresAreThere() {
    Postgres17.execute(
        DATABASE,
        """
        CREATE TABLE hecho (n integer);
        CREATE PROCEDURE filas(cuantas integer, OUT c refcursor) LANGUAGE plpgsql AS $$ BEGIN
          INSERT INTO hecho VALUES (cuantas);
          OPEN c FOR SELECT n, 'fila ñ ' || n AS t FROM generate_series(1, cuantas) n;
        END $$;
        CREATE PROCEDURE texto(cuantos integer, OUT t text) LANGUAGE plpgsql AS $$ BEGIN
          INSERT INTO hecho VALUES (cuantos);
          t := repeat('ñ', cuantos);
        END $$;
        CREATE PROCEDURE octetos(cuantos integer, OUT b bytea) LANGUAGE plpgsql AS $$ BEGIN
          b := decode(repeat('7f', cuantos), 'hex');
        END $$;
        CREATE FUNCTION de_funcion(cuantas integer) RETURNS TABLE (n integer, t text) LANGUAGE sql
          AS $$ SELECT n, 'fila ' || n FROM generate_series(1, cuantas) n $$;
        CREATE FUNCTION anchas(cuantas integer) RETURNS TABLE (n integer, t text, b bytea)
          LANGUAGE sql AS $$ SELECT n, repeat('x', 1000000), convert_to(repeat('y', 1000000), 'UTF8')
            FROM generate_series(1, cuantas) n $$;
        """);
  }

  @Override
  protected GatewayCalls calls() {
    return calls;
  }

  @Override
  protected String rowsKey() {
    return "c";
  }

  @Override
  protected int done() {
    return Postgres17.column(DATABASE, "SELECT n FROM hecho").size();
  }

  @Override
  protected boolean hasLargeBytes() {
    return false;
  }

  private Rows returned(KeptResults kept, String name, int count) {
    ProcedureResult result =
        calls
            .gateway()
            .call(
                calls.bound(
                    ProcedureName.parse(name, null), in("cuantas", BigDecimal.valueOf(count))),
                GatewayCalls.tag(),
                kept);
    return (Rows) result.values().get("return_value");
  }

  @Test
  void theRowsOfAFunctionAreKeptLikeThoseOfACursor() {
    KeptResults kept = new KeptResults();
    Rows rows = returned(kept, "de_funcion", 12_345);
    assertThat(rows.rowCount()).isEqualTo(12_345);
    List<List<Object>> all = kept.rowsOf("return_value");
    assertThat(all).hasSize(12_345);
    assertThat(all.get(12_344)).containsExactly(BigDecimal.valueOf(12_345), "fila 12345");
  }

  @Test
  void wideRowsAreKeptWhole() {
    KeptResults kept = new KeptResults();
    Rows rows = returned(kept, "anchas", 20);
    assertThat(rows.rowCount()).isEqualTo(20);
    assertThat(rows.rows()).isEmpty();
    String bytes = Base64.getEncoder().encodeToString("y".repeat(1_000_000).getBytes(UTF_8));
    assertThat(kept.rowsOf("return_value"))
        .hasSize(20)
        .last()
        .isEqualTo(List.of(BigDecimal.valueOf(20), "x".repeat(1_000_000), bytes));
  }
}
