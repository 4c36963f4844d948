-- What the role of the service may call. By the owner of the procedures, once for each schema, with psql:
--   psql -v ON_ERROR_STOP=1 -v service=diferido -v schema=pkg_etl -d app -f 02-grants.sql

-- Without USAGE the service does not find the procedures (404 PROCEDURE_NOT_FOUND).
GRANT USAGE ON SCHEMA :"schema" TO :"service";
-- PostgreSQL lets everybody (PUBLIC) call every routine, so this changes nothing until that is taken away:
--   REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA pkg_etl FROM PUBLIC;
-- A routine without it is not found either. For less than the whole schema: GRANT EXECUTE ON PROCEDURE pkg_etl.proceso_largo TO diferido;
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA :"schema" TO :"service";
-- The tables behind: nothing, where the procedures are SECURITY DEFINER; else the procedures run with the rights of the service's role
-- and need what they use granted to it.

-- Live progress needs no grant: pg_stat_activity shows each role its own sessions, and the calls are the service's own.
