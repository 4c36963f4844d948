-- Not run on a real Oracle so far.
--
-- What the user of the service may do in the database of the procedures, and why. With SQL*Plus or SQLcl:
--   DEFINE service = DIFERIDO
--   @02-grants.sql
WHENEVER SQLERROR EXIT FAILURE ROLLBACK
SET VERIFY OFF

-- 1. Live progress, by SYS. V$SESSION has the client identifier that the service puts on the session of each call, and the ACTION that the
--    procedure sets with DBMS_APPLICATION_INFO; V$SESSION_LONGOPS has what it tells with SET_SESSION_LONGOPS. READ, not SELECT: it does
--    not allow SELECT ... FOR UPDATE. The views are granted as V_$...; V$... are synonyms, which cannot be (ORA-02030).
--    Without either: everything works but live progress. The service says so once in its log and does not ask again until its next start.
--    Both are needed: it asks for them in one query.
--    Mind: V$SESSION shows the sessions of everybody, with their programs, machines and client identifiers.
GRANT READ ON SYS.V_$SESSION TO &&service;
GRANT READ ON SYS.V_$SESSION_LONGOPS TO &&service;

-- 2. The calls, by the owner of each package. Names are resolved with the rights of the service's user, so what it may not execute does not
--    exist for it (404 PROCEDURE_NOT_FOUND). Who may call which of these is told to the service by diferido.access. Granted to the user
--    itself and package by package: never EXECUTE ANY PROCEDURE. With definer's rights, the default, it needs no right on the tables behind;
--    a package with AUTHID CURRENT_USER runs with the rights of the service's user, which then needs them.
-- GRANT EXECUTE ON APP.PKG_ETL TO &&service;
-- GRANT EXECUTE ON APP.PKG_REPORTES TO &&service;
--    With a synonym the call may leave the schema out: PKG_ETL.PROCESO_LARGO for APP.PKG_ETL.PROCESO_LARGO. It is made in the schema of the
--    service's user, by a DBA.
-- CREATE SYNONYM &&service..PKG_ETL FOR APP.PKG_ETL;
--    Parameters of types made with CREATE TYPE need the types as well, those within them included, or they are refused (422):
-- GRANT EXECUTE ON APP.T_PERSONAS TO &&service;

-- 3. Usually there: both are granted to PUBLIC by default. Only where that was taken away (a hardened database) grant them, by SYS:
--    DBMS_UTILITY.NAME_RESOLVE finds where a name leads. Without it no call is accepted.
-- GRANT EXECUTE ON SYS.DBMS_UTILITY TO &&service;
--    DBMS_OUTPUT takes what the procedure writes for people. Each call turns it on, so without it every call fails (ORA-06550).
-- GRANT EXECUTE ON SYS.DBMS_OUTPUT TO &&service;

-- 4. Optional: calls that do not react to their cancel, and calls whose service is dead. A call is cancelled by its own session, which needs no
--    grant; only where it goes on all the same is it stopped from another one, with ALTER SYSTEM CANCEL SQL and then KILL SESSION. Of a node
--    that is gone the service then also knows whether the database is still working on its calls, and can end those. GV$SESSION, not
--    V$SESSION: in a RAC the call may be on another instance. Without them nothing of this happens; the log says so once. With the first
--    alone it is known whether such a call goes on, but it is not ended.
--    Mind: ALTER SYSTEM allows far more than ending sessions (parameters, log switches), in the whole PDB. The service uses it only for
--    sessions with the client identifier of one of its calls.
-- GRANT READ ON SYS.GV_$SESSION TO &&service;
-- GRANT ALTER SYSTEM TO &&service;

-- Not needed: a role; SELECT ANY DICTIONARY.
