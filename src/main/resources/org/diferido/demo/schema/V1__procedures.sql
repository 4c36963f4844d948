-- The demo's procedures. A schema stands for a package, which HSQLDB does not have.
-- Loops are only ever FOR: WHILE, REPEAT and LOOP of HSQLDB 2.7.4 swallow errors.

CREATE SCHEMA PKG_ETL;
CREATE SCHEMA PKG_REPORTES;

CREATE PROCEDURE PKG_ETL.PROCESO_LARGO(IN vFECHA DATE, OUT vRESULTADO NUMBER)
  LANGUAGE JAVA NO SQL
  EXTERNAL NAME 'CLASSPATH:org.diferido.demo.DemoProcedures.procesoLargo';

CREATE TABLE PKG_REPORTES.REGIONES (ID INTEGER PRIMARY KEY, NOMBRE VARCHAR(40) NOT NULL);
CREATE TABLE PKG_REPORTES.PRODUCTOS (
  ID INTEGER PRIMARY KEY, NOMBRE VARCHAR(40) NOT NULL, PRECIO NUMBER(10,2) NOT NULL);

INSERT INTO PKG_REPORTES.REGIONES VALUES
  (1, 'Andalucía'), (2, 'Aragón'), (3, 'Castilla y León'), (4, 'Cataluña'), (5, 'España central'),
  (6, 'La Coruña'), (7, 'Málaga'), (8, 'Ñuble'), (9, 'País Vasco'), (10, 'Región de Murcia');
INSERT INTO PKG_REPORTES.PRODUCTOS VALUES
  (1, 'Aceite de oliva', 7.95), (2, 'Azafrán', 12.40), (3, 'Café', 4.15), (4, 'Jabón', 1.99),
  (5, 'Jamón ibérico', 48.50), (6, 'Miel de caña', 6.30), (7, 'Piña', 2.75),
  (8, 'Pimentón de la Vera', 3.60), (9, 'Queso manchego', 15.25), (10, 'Turrón', 9.80),
  (11, 'Vino añejo', 22.00), (12, 'Yuca', 1.45);

-- A row for each day, region and product; the same for the same month, always.
CREATE FUNCTION PKG_REPORTES.VENTAS(vPRIMER_DIA DATE, vDIAS INTEGER)
  RETURNS TABLE(FECHA DATE, REGION VARCHAR(40), PRODUCTO VARCHAR(40), UNIDADES INTEGER,
                IMPORTE NUMBER(12,2), DEVUELTO INTEGER)
  READS SQL DATA
  RETURN TABLE(
    SELECT V.FECHA, V.REGION, V.PRODUCTO, V.UNIDADES, V.UNIDADES * V.PRECIO,
           NULLIF(GREATEST(V.UNIDADES - 35, 0), 0)
      FROM (SELECT vPRIMER_DIA + (D.DIA - 1) DAY AS FECHA, R.ID AS RID, R.NOMBRE AS REGION,
                   P.ID AS PID, P.NOMBRE AS PRODUCTO, P.PRECIO,
                   MOD(D.DIA * 7 + R.ID * 5 + P.ID * 3 + EXTRACT(MONTH FROM vPRIMER_DIA), 40) + 1
                     AS UNIDADES
              FROM UNNEST(SEQUENCE_ARRAY(1, vDIAS, 1)) AS D(DIA),
                   PKG_REPORTES.REGIONES R, PKG_REPORTES.PRODUCTOS P) V
     ORDER BY V.FECHA, V.RID, V.PID);

-- In Java, because Flyway 12 takes the FOR of "CURSOR WITH RETURN FOR" for a loop without an end.
CREATE PROCEDURE PKG_REPORTES.GENERAR_MENSUAL(IN vMES NUMBER, IN vANIO NUMBER, OUT vTOTAL_REGISTROS NUMBER)
  LANGUAGE JAVA READS SQL DATA DYNAMIC RESULT SETS 1
  EXTERNAL NAME 'CLASSPATH:org.diferido.demo.DemoProcedures.generarMensual';

-- As many rows as one likes, with texts that spreadsheets, files and programs stumble over.
CREATE FUNCTION PKG_REPORTES.FILAS(vFILAS INTEGER)
  RETURNS TABLE(FILA INTEGER, TEXTO VARCHAR(60), IMPORTE NUMBER(14,2), FECHA DATE)
  CONTAINS SQL
  RETURN TABLE(
    SELECT S.N,
           CASE MOD(S.N, 9)
             WHEN 0 THEN '=HYPERLINK("http://ejemplo.invalid","' || S.N || '")'
             WHEN 1 THEN '+34 600 000 ' || S.N
             WHEN 2 THEN '-' || S.N
             WHEN 3 THEN '@SUM(A1:A' || S.N || ')'
             WHEN 4 THEN 'coma, "comillas"' || CHAR(13) || CHAR(10) || 'y otra línea ' || S.N
             WHEN 5 THEN 'ñandú €😀 ' || S.N
             WHEN 6 THEN ' <b>&amp;</b> '
             WHEN 7 THEN CAST('' AS VARCHAR(60))
           END,
           CAST(MOD(S.N * 7919, 2000001) AS NUMBER(14,2)) / 100 - 10000,
           DATE '2025-01-01' + MOD(S.N, 365) DAY
      FROM UNNEST(SEQUENCE_ARRAY(1, vFILAS, 1)) AS S(N) WHERE vFILAS > 0);

CREATE PROCEDURE PKG_REPORTES.GENERAR_GRANDE(IN vFILAS NUMBER)
  LANGUAGE JAVA READS SQL DATA DYNAMIC RESULT SETS 1
  EXTERNAL NAME 'CLASSPATH:org.diferido.demo.DemoProcedures.generarGrande';

-- A file and a text of so many pieces: 16 bytes, and a line.
CREATE PROCEDURE PKG_REPORTES.ARCHIVO(IN vPIEZAS NUMBER, OUT vARCHIVO BLOB, OUT vTEXTO CLOB)
  BEGIN ATOMIC
    DECLARE vDOBLE BLOB;
    SET vDOBLE = CAST(X'000102030405060708090A0B0C0D0E0F' AS BLOB);
    WHILE OCTET_LENGTH(vDOBLE) < 16 * vPIEZAS DO
      SET vDOBLE = vDOBLE || vDOBLE;
    END WHILE;
    SET vARCHIVO = SUBSTRING(vDOBLE FROM 1 FOR CAST(16 * vPIEZAS AS BIGINT));
    SET vTEXTO = CAST(REPEAT('línea con ñ € 😀' || CHAR(10), CAST(vPIEZAS AS INTEGER)) AS CLOB);
  END;

CREATE PROCEDURE PROC_TEST(IN p_input VARCHAR2(4000), OUT p_output VARCHAR2(4020))
  BEGIN ATOMIC
    SET p_output = 'Procesado: ' || COALESCE(p_input, '');
  END;

CREATE PROCEDURE PROC_TEST_DEMORA(IN segundos NUMBER)
  LANGUAGE JAVA NO SQL
  EXTERNAL NAME 'CLASSPATH:org.diferido.demo.DemoProcedures.demora';

CREATE PROCEDURE PROC_TEST_PARAMS(
    IN p_number NUMBER, IN p_varchar VARCHAR2(4000), IN p_date DATE, OUT p_result VARCHAR2(4200))
  LANGUAGE JAVA NO SQL
  EXTERNAL NAME 'CLASSPATH:org.diferido.demo.DemoProcedures.params';

CREATE PROCEDURE PROC_TEST_ERROR(IN p_should_fail NUMBER)
  LANGUAGE JAVA NO SQL
  EXTERNAL NAME 'CLASSPATH:org.diferido.demo.DemoProcedures.error';

-- The name of a "table" is only a tag here: it is a value, never an identifier.
CREATE TABLE FILAS_DEMO (
  ETIQUETA VARCHAR2(30) NOT NULL, NUMERO INTEGER NOT NULL, CREADA TIMESTAMP DEFAULT CURRENT_TIMESTAMP);

CREATE PROCEDURE PROC_TEST_DML(IN p_table_name VARCHAR2(128), OUT p_rows_created NUMBER)
  MODIFIES SQL DATA
  BEGIN ATOMIC
    INSERT INTO FILAS_DEMO (ETIQUETA, NUMERO)
      SELECT p_table_name, S.N FROM UNNEST(SEQUENCE_ARRAY(1, 5, 1)) AS S(N);
    SET p_rows_created = 5;
  END;

-- Works first and fails then: nothing of the work may stay.
CREATE PROCEDURE PROC_TEST_DML_ERROR(IN p_table_name VARCHAR2(128))
  MODIFIES SQL DATA
  BEGIN ATOMIC
    INSERT INTO FILAS_DEMO (ETIQUETA, NUMERO)
      SELECT p_table_name, S.N FROM UNNEST(SEQUENCE_ARRAY(1, 5, 1)) AS S(N);
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ORA-20005: Error después de insertar';
  END;

CREATE FUNCTION PROC_TEST_DML_FILAS(p_table_name VARCHAR2(128)) RETURNS NUMBER
  READS SQL DATA
  RETURN (SELECT CAST(COUNT(*) AS NUMBER) FROM FILAS_DEMO WHERE ETIQUETA = p_table_name);

CREATE FUNCTION SUMA(a NUMBER, b NUMBER) RETURNS NUMBER
  RETURN a + b;

CREATE PROCEDURE PROC_TEST_INOUT(INOUT p_valor NUMBER, IN p_factor NUMBER)
  BEGIN ATOMIC
    SET p_valor = p_valor * p_factor;
  END;

CREATE PROCEDURE PROC_TEST_SOBRECARGA(IN p_a NUMBER, OUT p_result VARCHAR2(100))
  SPECIFIC PROC_TEST_SOBRECARGA_1
  BEGIN ATOMIC
    SET p_result = 'uno';
  END;

CREATE PROCEDURE PROC_TEST_SOBRECARGA(IN p_a NUMBER, IN p_b NUMBER, OUT p_result VARCHAR2(100))
  SPECIFIC PROC_TEST_SOBRECARGA_2
  BEGIN ATOMIC
    SET p_result = 'dos';
  END;

CREATE PROCEDURE PROC_TEST_CLAVE(IN p_usuario VARCHAR2(100), IN p_clave VARCHAR2(100), OUT p_ok VARCHAR2(200))
  BEGIN ATOMIC
    SET p_ok = p_usuario || ': clave de ' || CAST(COALESCE(CHAR_LENGTH(p_clave), 0) AS VARCHAR(10)) || ' caracteres';
  END;

CREATE PROCEDURE PROC_TEST_TIPOS(
    IN p_timestamp TIMESTAMP, OUT o_timestamp TIMESTAMP,
    IN p_zona TIMESTAMP WITH TIME ZONE, OUT o_zona TIMESTAMP WITH TIME ZONE,
    IN p_boolean BOOLEAN, OUT o_boolean BOOLEAN,
    IN p_clob CLOB, OUT o_clob CLOB,
    IN p_raw RAW(2000), OUT o_raw RAW(2000),
    IN p_decimal DECIMAL(38,10), OUT o_decimal DECIMAL(38,10),
    IN p_integer INTEGER, OUT o_integer INTEGER,
    IN p_double DOUBLE, OUT o_double DOUBLE)
  BEGIN ATOMIC
    SET o_timestamp = p_timestamp;
    SET o_zona = p_zona;
    SET o_boolean = p_boolean;
    SET o_clob = p_clob;
    SET o_raw = p_raw;
    SET o_decimal = p_decimal;
    SET o_integer = p_integer;
    SET o_double = p_double;
  END;
