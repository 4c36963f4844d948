-- Only where the jobs are kept by another role than that of the calls, in the same database. Then the end of a job is written in the
-- transaction of its call when the role of the calls may do that: a job is never done without saying so, nor the other way round.
-- Without this it is written after the call, and a crash in between is told as lost (OUTCOME_UNKNOWN); the log says at the first call
-- which of the two it is. After the first start of the service, which makes the tables, by their owner:
--   psql -v ON_ERROR_STOP=1 -v calls=diferido_calls -v registry=diferido -d app -f 03-registry.sql
--   calls     the role of the calls (DIFERIDO_POSTGRESQL_USER)
--   registry  the schema of the tables

-- To see the tables at all.
GRANT USAGE ON SCHEMA :"registry" TO :"calls";
-- To see that the connection is in the registry's database.
GRANT SELECT ON :"registry".DIFERIDO_REGISTRY TO :"calls";
-- To write the end; SELECT because the update compares the row with what it was. Neither INSERT nor DELETE.
GRANT SELECT, UPDATE ON :"registry".ASYNC_JOBS TO :"calls";
-- Nothing on the search path: over the connections of the calls the service names both tables with their schema.
