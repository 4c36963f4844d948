package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.database.GatewayCalls.in;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.diferido.database.GatewayCalls;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.Signature;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What the dictionary says of routines of all kinds, and that they can be called so. */
class PostgresSignaturesTest {

  private static final PGSimpleDataSource OWNER = Postgres17.newDatabase();
  private static final PGSimpleDataSource GUEST = new PGSimpleDataSource();

  private final GatewayCalls calls = new GatewayCalls(OWNER, new PostgresDialect());
  private final GatewayCalls guest = new GatewayCalls(GUEST, new PostgresDialect());

  @BeforeAll
  static void routinesAreThere() {
    Postgres17.execute(
        OWNER,
        """
        CREATE PROCEDURE cual(v text, OUT o text) LANGUAGE plpgsql AS $$ BEGIN o := 'text'; END $$;
        CREATE PROCEDURE cual(v numeric, OUT o text) LANGUAGE plpgsql AS $$ BEGIN o := 'numeric'; END $$;
        CREATE PROCEDURE cual(v boolean, OUT o text) LANGUAGE plpgsql AS $$ BEGIN o := 'boolean'; END $$;
        CREATE PROCEDURE cual(v numeric, w integer, OUT o text) LANGUAGE plpgsql AS $$ BEGIN o := 'dos'; END $$;
        CREATE PROCEDURE defectos(a integer, OUT r text, b integer DEFAULT 2, INOUT c text DEFAULT 'tres')
          LANGUAGE plpgsql AS $$ BEGIN r := concat_ws('-', a, b, c); c := c || '!'; END $$;
        CREATE FUNCTION suma_def(a integer, b integer DEFAULT 10) RETURNS integer LANGUAGE sql
          AS 'SELECT a + b';
        CREATE FUNCTION varias(INOUT n integer) RETURNS SETOF integer LANGUAGE sql
          AS 'SELECT generate_series(1, n)';
        CREATE FUNCTION una(INOUT n integer) LANGUAGE sql AS 'SELECT n + 1';
        CREATE FUNCTION cualquier_fila() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, 2';
        CREATE FUNCTION compuesta() RETURNS pg_database LANGUAGE sql
          AS 'SELECT d FROM pg_database d LIMIT 1';
        CREATE FUNCTION polimorfa(v anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT v';
        CREATE FUNCTION ventana() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
        CREATE AGGREGATE agregada(integer) (SFUNC = int4pl, STYPE = integer);
        CREATE FUNCTION disparador() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE PROCEDURE "Mayús"(OUT o text) LANGUAGE plpgsql AS $$ BEGIN o := 'M'; END $$;
        CREATE PROCEDURE "mayús"(OUT o text) LANGUAGE plpgsql AS $$ BEGIN o := 'm'; END $$;

        CREATE SCHEMA "Ventas";
        CREATE SCHEMA segundo;
        CREATE SCHEMA secreto;
        CREATE TYPE segundo.color AS ENUM ('rojo', 'verde');
        CREATE PROCEDURE segundo.pinta(c segundo.color, OUT o segundo.color) LANGUAGE plpgsql
          AS 'BEGIN o := c; END';
        CREATE PROCEDURE "Ventas".cierra(OUT o text) LANGUAGE plpgsql AS $$ BEGIN o := 'V'; END $$;
        CREATE PROCEDURE segundo.en_dos(OUT o text) LANGUAGE plpgsql AS $$ BEGIN o := 'segundo'; END $$;
        CREATE PROCEDURE public.en_dos(OUT o text) LANGUAGE plpgsql AS $$ BEGIN o := 'public'; END $$;
        CREATE PROCEDURE secreto.oculto() LANGUAGE plpgsql AS 'BEGIN END';
        CREATE PROCEDURE prohibido() LANGUAGE plpgsql AS 'BEGIN END';
        REVOKE EXECUTE ON PROCEDURE prohibido FROM public;
        CREATE PROCEDURE permitido() LANGUAGE plpgsql AS 'BEGIN END';

        CREATE ROLE invitado LOGIN;
        GRANT USAGE ON SCHEMA segundo TO invitado;
        ALTER ROLE invitado SET search_path = segundo, public;
        """);
    GUEST.setURL(OWNER.getURL());
    GUEST.setUser("invitado");
  }

  @Test
  void overloadsAreToldApartByTypeAndNumber() {
    assertThat(calls.resolve("cual"))
        .hasSize(4)
        .extracting(Signature::specificName)
        .doesNotHaveDuplicates();
    assertThat(calls.call("cual", in("v", "x"))).containsEntry("o", "text");
    assertThat(calls.call("cual", in("v", BigDecimal.ONE))).containsEntry("o", "numeric");
    assertThat(calls.call("cual", in("v", true))).containsEntry("o", "boolean");
    assertThat(calls.call("cual", in("v", BigDecimal.ONE), in("w", BigDecimal.ONE)))
        .containsEntry("o", "dos");
  }

  @Test
  void whatHasADefaultMayBeLeftOut() {
    assertThat(calls.resolve("defectos").get(0).parameters())
        .extracting(Parameter::name, Parameter::optional)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", false),
            org.assertj.core.groups.Tuple.tuple("r", false),
            org.assertj.core.groups.Tuple.tuple("b", true),
            org.assertj.core.groups.Tuple.tuple("c", true));
    assertThat(calls.call("defectos", in("a", BigDecimal.ONE)))
        .isEqualTo(Map.of("r", "1-2-tres", "c", "tres!"));
    assertThat(calls.call("defectos", in("a", BigDecimal.ONE), in("c", "x")))
        .isEqualTo(Map.of("r", "1-2-x", "c", "x!"));
    assertThat(calls.call("suma_def", in("a", BigDecimal.ONE)))
        .containsEntry("return_value", new BigDecimal(11));
    assertThat(calls.failure("defectos", in("b", BigDecimal.ONE)).code())
        .isEqualTo(FailureCode.INVALID_ARGUMENTS);
  }

  @Test
  void aFunctionOfRowsGivesRowsAlsoWhenItsArgumentComesOut() {
    Rows rows = (Rows) calls.call("varias", in("n", new BigDecimal(3))).get("return_value");
    assertThat(rows.rowCount()).isEqualTo(3);
    assertThat(calls.call("una", in("n", new BigDecimal(3))))
        .isEqualTo(Map.of("n", new BigDecimal(4)));
  }

  @ParameterizedTest
  @CsvSource({"cualquier_fila, record", "compuesta, pg_database", "polimorfa, anyelement"})
  void whatCannotBeReadIsRefusedByTheNameOfItsType(String name, String type) {
    Signature signature = calls.resolve(name).get(0);
    var arguments =
        signature.parameters().stream()
            .map(parameter -> in(parameter.name(), "1"))
            .toArray(org.diferido.procedure.ProcedureCall.Argument[]::new);
    var failure = calls.failure(name, arguments);
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_ARGUMENTS);
    assertThat(failure.fields().get(0).message().arguments().toString()).contains(type);
  }

  @ParameterizedTest
  @CsvSource({"ventana", "agregada", "disparador", "pg_catalog.now", "a.b.c", "no_existe"})
  void whatIsNoRoutineForCallersIsNotThere(String name) {
    assertThat(calls.resolve(name)).isEmpty();
  }

  @Test
  void namesAreFoldedUnlessTheyAreQuoted() {
    assertThat(calls.call("MAYúS")).containsEntry("o", "m");
    assertThat(calls.call(quoted("Mayús"))).containsEntry("o", "M");
    assertThat(calls.call(quoted("Ventas", "cierra"))).containsEntry("o", "V");
    assertThat(calls.resolve("Ventas.cierra")).isEmpty();
  }

  @Test
  void aNameAloneIsSoughtAlongTheSearchPath() {
    assertThat(calls.call("en_dos")).containsEntry("o", "public");
    assertThat(guest.call("en_dos")).containsEntry("o", "segundo");
    assertThat(guest.call("public.en_dos")).containsEntry("o", "public");
    assertThat(calls.resolve("en_dos").get(0).name().display()).isEqualTo("en_dos");
    assertThat(calls.resolve("segundo.en_dos").get(0).name().display()).isEqualTo("segundo.en_dos");
  }

  @Test
  void aTypeOfAnotherSchemaIsTaken() {
    assertThat(calls.call("segundo.pinta", in("c", "rojo"))).containsEntry("o", "rojo");
    assertThat(guest.call("pinta", in("c", "verde"))).containsEntry("o", "verde");
    assertThat(calls.failure("segundo.pinta", in("c", "azul")).databaseCode())
        .isEqualTo("SQLSTATE-22P02");
  }

  @Test
  void whatTheUserMayNotCallIsNotThere() {
    assertThat(guest.resolve("prohibido")).isEmpty();
    assertThat(guest.resolve("secreto.oculto")).isEmpty();
    assertThat(guest.resolve("permitido")).hasSize(1);
    assertThat(calls.resolve("prohibido")).hasSize(1);
    assertThat(calls.resolve("secreto.oculto")).hasSize(1);
  }

  @Test
  void aCursorIsAParameterThatOnlyComesOut() {
    assertThat(calls.resolve("una").get(0).parameters().get(0).type())
        .isEqualTo(ParameterType.INTEGER);
  }

  private static ProcedureName quoted(String... parts) {
    return new ProcedureName(
        List.of(parts).stream().map(part -> new ProcedureName.Identifier(part, true)).toList());
  }
}
