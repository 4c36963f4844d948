-- The procedures of ProcedureGatewayContract in PL/pgSQL; a schema stands for a package.

CREATE TABLE ajustes (segundos numeric NOT NULL);
INSERT INTO ajustes VALUES (0.1);

CREATE SCHEMA pkg_etl;
CREATE SCHEMA pkg_reportes;

CREATE PROCEDURE pkg_etl.proceso_largo(vFECHA timestamp, OUT vRESULTADO numeric) LANGUAGE plpgsql AS $$
DECLARE
  por_lote integer := 25 * EXTRACT(DAY FROM vFECHA);
  pausa numeric := (SELECT segundos / 50 FROM public.ajustes);
BEGIN
  IF vFECHA IS NULL THEN
    RAISE EXCEPTION 'vFECHA es obligatoria';
  END IF;
  FOR lote IN 1 .. 50 LOOP
    PERFORM pg_sleep(pausa);
    PERFORM set_config('application_name',
      format('%s/50 lotes: Lote %s de 50: %s registros', lote, lote, lote * por_lote), false);
  END LOOP;
  vRESULTADO := 50 * por_lote;
END $$;

CREATE PROCEDURE pkg_reportes.generar_mensual(
    vMES numeric, vANIO numeric, OUT vTOTAL_REGISTROS numeric, OUT vVENTAS refcursor) LANGUAGE plpgsql AS $$
DECLARE
  dias integer;
BEGIN
  IF vMES NOT BETWEEN 1 AND 12 THEN
    RAISE EXCEPTION 'el mes o el año no es válido' USING ERRCODE = 'P0001';
  END IF;
  dias := EXTRACT(DAY FROM make_date(vANIO::int, vMES::int, 1) + INTERVAL '1 month' - INTERVAL '1 day');
  vTOTAL_REGISTROS := dias * 10 * 12;
  OPEN vVENTAS FOR
    SELECT make_timestamp(vANIO::int, vMES::int, d, 0, 0, 0) AS fecha, r.nombre AS region, p.nombre AS producto,
           u.unidades, u.unidades * p.precio AS importe, NULLIF(GREATEST(u.unidades - 35, 0), 0)::numeric AS devuelto
      FROM generate_series(1, dias) d
      CROSS JOIN LATERAL (SELECT n, CASE n WHEN 1 THEN 'Andalucía' ELSE 'Región ' || n END AS nombre
                            FROM generate_series(1, 10) n) r
      CROSS JOIN LATERAL (SELECT n, CASE n WHEN 1 THEN 'Aceite de oliva' ELSE 'Producto ' || n END AS nombre,
                                 7.95 + n AS precio FROM generate_series(1, 12) n) p
      CROSS JOIN LATERAL (SELECT (d * 7 + r.n * 5 + p.n * 3 + vMES::int) % 40 + 1 AS unidades) u
     ORDER BY d, r.n, p.n;
END $$;

CREATE PROCEDURE proc_test(p_input varchar, OUT p_output varchar) LANGUAGE plpgsql AS $$
BEGIN
  p_output := 'Procesado: ' || COALESCE(p_input, '');
END $$;

CREATE PROCEDURE proc_test_demora(segundos numeric) LANGUAGE plpgsql AS $$
BEGIN
  IF segundos IS NULL OR segundos NOT BETWEEN 0 AND 86400 THEN
    RAISE EXCEPTION 'segundos debe estar entre 0 y 86400';
  END IF;
  PERFORM pg_sleep(segundos);
END $$;

CREATE PROCEDURE proc_test_params(p_number numeric, p_varchar varchar, p_date timestamp, OUT p_result varchar)
LANGUAGE plpgsql AS $$
BEGIN
  p_result := 'p_number=' || COALESCE(trim_scale(p_number)::text, 'NULL') || ', p_varchar=' || p_varchar
    || ', p_date=' || COALESCE(to_char(p_date, 'YYYY-MM-DD"T"HH24:MI:SS'), 'NULL');
END $$;

CREATE PROCEDURE proc_test_error(p_should_fail numeric) LANGUAGE plpgsql AS $$
BEGIN
  IF p_should_fail = 1 THEN
    RAISE EXCEPTION 'Error intencional de prueba';
  END IF;
END $$;

CREATE TABLE filas_demo (etiqueta varchar(30) NOT NULL, numero integer NOT NULL);

CREATE PROCEDURE proc_test_dml(p_table_name varchar, OUT p_rows_created numeric) LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO filas_demo SELECT p_table_name, n FROM generate_series(1, 5) n;
  p_rows_created := 5;
END $$;

CREATE PROCEDURE proc_test_dml_error(p_table_name varchar) LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO filas_demo SELECT p_table_name, n FROM generate_series(1, 5) n;
  RAISE EXCEPTION 'Error después de insertar';
END $$;

CREATE FUNCTION proc_test_dml_filas(p_table_name varchar) RETURNS numeric LANGUAGE sql AS $$
  SELECT count(*)::numeric FROM filas_demo WHERE etiqueta = p_table_name
$$;

CREATE FUNCTION suma(a numeric, b numeric) RETURNS numeric LANGUAGE sql AS 'SELECT a + b';

CREATE PROCEDURE proc_test_inout(INOUT p_valor numeric, p_factor numeric) LANGUAGE plpgsql AS $$
BEGIN
  p_valor := p_valor * p_factor;
END $$;

CREATE PROCEDURE proc_test_sobrecarga(p_a numeric, OUT p_result varchar) LANGUAGE plpgsql AS $$
BEGIN
  p_result := 'uno';
END $$;

CREATE PROCEDURE proc_test_sobrecarga(p_a numeric, p_b numeric, OUT p_result varchar) LANGUAGE plpgsql AS $$
BEGIN
  p_result := 'dos';
END $$;

CREATE PROCEDURE proc_test_clave(p_usuario varchar, p_clave varchar, OUT p_ok varchar) LANGUAGE plpgsql AS $$
BEGIN
  p_ok := p_usuario || ': clave de ' || COALESCE(length(p_clave), 0) || ' caracteres';
END $$;

CREATE PROCEDURE proc_test_blob(p_blob bytea, OUT o_blob bytea) LANGUAGE plpgsql AS $$
BEGIN
  o_blob := p_blob;
END $$;

CREATE PROCEDURE proc_test_log(p_falla numeric) LANGUAGE plpgsql AS $$
BEGIN
  RAISE NOTICE 'empieza';
  RAISE NOTICE 'línea con ñ € 😀';
  RAISE NOTICE 'termina';
  IF p_falla = 1 THEN
    RAISE EXCEPTION 'falla';
  END IF;
END $$;

-- An OUT parameter may not come behind a default (42P13).
CREATE PROCEDURE proc_test_defecto(p_a numeric, OUT p_r numeric, p_b numeric DEFAULT 5) LANGUAGE plpgsql AS $$
BEGIN
  p_r := p_a + p_b;
END $$;

CREATE PROCEDURE proc_test_tipos(
    p_timestamp timestamp, OUT o_timestamp timestamp,
    p_zona timestamptz, OUT o_zona timestamptz,
    p_boolean boolean, OUT o_boolean boolean,
    p_clob text, OUT o_clob text,
    p_raw bytea, OUT o_raw bytea,
    p_decimal numeric, OUT o_decimal numeric,
    p_integer integer, OUT o_integer integer,
    p_double double precision, OUT o_double double precision) LANGUAGE plpgsql AS $$
BEGIN
  o_timestamp := p_timestamp;
  o_zona := p_zona;
  o_boolean := p_boolean;
  o_clob := p_clob;
  o_raw := p_raw;
  o_decimal := p_decimal;
  o_integer := p_integer;
  o_double := p_double;
END $$;
