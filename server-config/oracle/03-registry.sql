-- Not run on a real Oracle so far.
--
-- The tables of the jobs. At its first start the service makes them by itself, in the schema of its user for the registry
-- (DIFERIDO_REGISTRY_USER), with the scripts in src/main/resources/db/registry/oracle/, and notes in DIFERIDO_SCHEMA_HISTORY which of them
-- it has applied. That takes CREATE TABLE and a quota, and nothing else; afterwards CREATE TABLE may be revoked until the next version.
--
-- Where nobody but a DBA may make tables, grant CREATE TABLE for the first start and revoke it then. Applying the scripts by hand alone is
-- not enough: without DIFERIDO_SCHEMA_HISTORY the service tries to make the tables again (ORA-00955) and is not ready. That table then has
-- to come, with its rows, from a registry that the service has made elsewhere.
--
-- The rest is for registry and procedures in one database under different users. Then the end of a job is written in the transaction of
-- its call, when the user of the calls may do that: a job is never done without saying so, nor the other way round. Without it everything
-- works, but the end is written after the call, and a crash in between is told as lost (OUTCOME_UNKNOWN). Which of the two it is, is in the
-- log after the first call. After the tables are there, by a DBA, with SQL*Plus or SQLcl:
--   DEFINE registry = DIFERIDO
--   DEFINE calls = DIFERIDO_CALLS
--   @03-registry.sql
WHENEVER SQLERROR EXIT FAILURE ROLLBACK
SET VERIFY OFF

-- To see that the connection is in the registry's database.
GRANT SELECT ON &&registry..DIFERIDO_REGISTRY TO &&calls;
-- To write the end. SELECT because the update compares the row with what it was, which SQL92_SECURITY (TRUE by default since 12.2) asks
-- for and READ does not satisfy. Neither INSERT nor DELETE.
GRANT SELECT, UPDATE ON &&registry..ASYNC_JOBS TO &&calls;
-- No synonyms: over the connections of the calls the service names both tables with their schema.
