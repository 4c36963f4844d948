-- The registry of Diferido in PostgreSQL. One table of jobs, which is the queue as well, one of nodes, and its name.
-- All times are UTC, whatever the zone of who writes or reads.

CREATE TABLE ASYNC_JOBS (
  JOB_ID          TEXT         NOT NULL,
  QUEUE_NO        BIGINT GENERATED ALWAYS AS IDENTITY NOT NULL,
  STATUS          TEXT         NOT NULL,
  STATE           TEXT         NOT NULL,
  OWNER           TEXT         NOT NULL,
  PROCEDURE_NAME  TEXT         NOT NULL,
  PARAMS          TEXT         NOT NULL,
  SEALED_PARAMS   BYTEA,
  LABELS          TEXT,
  CREATED_AT      TIMESTAMP(3) NOT NULL,
  START_BEFORE    TIMESTAMP(3),
  START_TIME      TIMESTAMP(3) NOT NULL,
  STARTED_AT      TIMESTAMP(3),
  END_TIME        TIMESTAMP(3),
  DURATION        TEXT,
  NODE            TEXT,
  ATTEMPT         INTEGER,
  PROGRESS        INTEGER      NOT NULL,
  PROGRESS_DETAIL TEXT,
  JOB_LOG         TEXT,
  RESULT          TEXT,
  FETCH_MS        BIGINT,
  ERROR_MSG       TEXT,
  FAILURE         TEXT,
  CONSTRAINT ASYNC_JOBS_PK PRIMARY KEY (JOB_ID),
  CONSTRAINT ASYNC_JOBS_QUEUE_NO UNIQUE (QUEUE_NO),
  CONSTRAINT ASYNC_JOBS_STATUS CHECK (STATUS IN ('pending', 'running', 'completed', 'failed')),
  CONSTRAINT ASYNC_JOBS_PROGRESS CHECK (PROGRESS BETWEEN 0 AND 100)
);

-- The oldest that waits; the running ones of dead nodes.
CREATE INDEX ASYNC_JOBS_STATE ON ASYNC_JOBS (STATE, QUEUE_NO);
-- The newest of one caller.
CREATE INDEX ASYNC_JOBS_OWNER ON ASYNC_JOBS (OWNER, QUEUE_NO);
-- Those that ended long ago.
CREATE INDEX ASYNC_JOBS_END_TIME ON ASYNC_JOBS (END_TIME);

COMMENT ON TABLE ASYNC_JOBS IS 'Calls of stored procedures in the background; a queued row is its place in the queue';
COMMENT ON COLUMN ASYNC_JOBS.JOB_ID IS 'Random, 32 lower-case hex digits';
COMMENT ON COLUMN ASYNC_JOBS.QUEUE_NO IS 'The order in which jobs were accepted, which is that of the queue';
COMMENT ON COLUMN ASYNC_JOBS.STATUS IS 'pending, running, completed or failed';
COMMENT ON COLUMN ASYNC_JOBS.STATE IS 'More precisely: queued, running, cancelling, succeeded, failed, cancelled, timed_out, expired or lost';
COMMENT ON COLUMN ASYNC_JOBS.OWNER IS 'The caller it belongs to';
COMMENT ON COLUMN ASYNC_JOBS.PROCEDURE_NAME IS 'As the caller spelled it';
COMMENT ON COLUMN ASYNC_JOBS.PARAMS IS 'JSON: name, schema, isFunction, params[name, value, direction, type]; secret values are ***';
COMMENT ON COLUMN ASYNC_JOBS.SEALED_PARAMS IS 'While it is queued and has secret values: PARAMS with them, AES-256-GCM: 12 bytes nonce, ciphertext, 16 bytes tag';
COMMENT ON COLUMN ASYNC_JOBS.LABELS IS 'JSON object of texts, for searching';
COMMENT ON COLUMN ASYNC_JOBS.CREATED_AT IS 'When it was accepted, UTC';
COMMENT ON COLUMN ASYNC_JOBS.START_BEFORE IS 'When it may no longer start, UTC';
COMMENT ON COLUMN ASYNC_JOBS.START_TIME IS 'When it was accepted, UTC; DURATION counts from here';
COMMENT ON COLUMN ASYNC_JOBS.STARTED_AT IS 'When a node took it to run it, UTC';
COMMENT ON COLUMN ASYNC_JOBS.END_TIME IS 'When it ended, UTC';
COMMENT ON COLUMN ASYNC_JOBS.DURATION IS 'END_TIME - START_TIME, such as 5m0s, 1m3.5s or 320ms';
COMMENT ON COLUMN ASYNC_JOBS.NODE IS 'The node that runs or ran it';
COMMENT ON COLUMN ASYNC_JOBS.ATTEMPT IS 'The how manieth claim this is; a write of an earlier one is refused';
COMMENT ON COLUMN ASYNC_JOBS.PROGRESS IS 'Percent; 100 only when it is completed';
COMMENT ON COLUMN ASYNC_JOBS.PROGRESS_DETAIL IS 'JSON: source, message, done, total, unit';
COMMENT ON COLUMN ASYNC_JOBS.JOB_LOG IS 'What the procedure wrote for people, line by line';
COMMENT ON COLUMN ASYNC_JOBS.RESULT IS 'JSON object of what came back, when it is completed';
COMMENT ON COLUMN ASYNC_JOBS.FETCH_MS IS 'Milliseconds it took to read rows and large values after the procedure had returned';
COMMENT ON COLUMN ASYNC_JOBS.ERROR_MSG IS 'Why it failed, in Spanish, when it has failed';
COMMENT ON COLUMN ASYNC_JOBS.FAILURE IS 'JSON: code, arguments, fields, database_code';

CREATE TABLE DIFERIDO_NODES (
  NODE_ID    TEXT         NOT NULL,
  STARTED_AT TIMESTAMP(3) NOT NULL,
  LAST_BEAT  TIMESTAMP(3) NOT NULL,
  CONSTRAINT DIFERIDO_NODES_PK PRIMARY KEY (NODE_ID)
);

COMMENT ON TABLE DIFERIDO_NODES IS 'The service processes that are alive, by the clock of the database';
COMMENT ON COLUMN DIFERIDO_NODES.NODE_ID IS 'As in ASYNC_JOBS.NODE; new at each start of a process';
COMMENT ON COLUMN DIFERIDO_NODES.STARTED_AT IS 'Its first beat, UTC';
COMMENT ON COLUMN DIFERIDO_NODES.LAST_BEAT IS 'Its last beat, UTC; silent for too long, it counts as dead';

-- One row, written by the first who opens the registry: by it a call's connection sees that it is in the same database.
CREATE TABLE DIFERIDO_REGISTRY (
  REGISTRY_ID TEXT NOT NULL,
  CONSTRAINT DIFERIDO_REGISTRY_PK PRIMARY KEY (REGISTRY_ID)
);

COMMENT ON TABLE DIFERIDO_REGISTRY IS 'Which registry this is';
COMMENT ON COLUMN DIFERIDO_REGISTRY.REGISTRY_ID IS 'Random, 32 lower-case hex digits';
