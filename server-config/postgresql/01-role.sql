-- The role of the service in PostgreSQL, and the schema of its jobs. By a superuser or the owner of the database, with psql in the
-- database of the procedures:
--   psql -v ON_ERROR_STOP=1 -v service=diferido -v registry=diferido -d app -f 01-role.sql
--   service   the role that the service logs in as (DIFERIDO_POSTGRESQL_USER)
--   registry  the schema of its tables
-- The password is not in here: \password diferido afterwards, which sends it as a hash.

-- NOSUPERUSER and the rest: who may call the service must gain nothing by it but the procedures that 02-grants.sql grants.
CREATE ROLE :"service" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;

-- A database or a server may limit statements and transactions; calls take hours. The role's own settings go before those.
ALTER ROLE :"service" SET statement_timeout = 0;
ALTER ROLE :"service" SET idle_in_transaction_session_timeout = 0;
-- The end of a job joins the transaction of its call only at this level, which is PostgreSQL's own default.
ALTER ROLE :"service" SET default_transaction_isolation = 'read committed';
-- A call whose client has died goes on for hours unless the server looks for the client. Not on Windows: leave it out there.
ALTER ROLE :"service" SET client_connection_check_interval = '10s';
-- A client whose machine or network is gone says nothing: it is probed after 60 s and given up 60 s after that.
ALTER ROLE :"service" SET tcp_keepalives_idle = 60;
ALTER ROLE :"service" SET tcp_keepalives_interval = 10;
ALTER ROLE :"service" SET tcp_keepalives_count = 6;

-- The service makes its tables by itself, ASYNC_JOBS and others, in the first schema of its search path. In one of its own it needs no
-- right to create anything elsewhere. Procedures named without a schema are sought along the same path: public comes second.
CREATE SCHEMA :"registry" AUTHORIZATION :"service";
ALTER ROLE :"service" SET search_path = :"registry", public;
