-- Cancelling, limits, order by caller, retries, and submits that are known again by their key.

ALTER TABLE ASYNC_JOBS
  ADD COLUMN RESOLVED_NAME   TEXT,
  ADD COLUMN PRIORITY        INTEGER DEFAULT 5 NOT NULL,
  ADD COLUMN QUEUE_ROUND     BIGINT DEFAULT 0 NOT NULL,
  ADD COLUMN NOT_BEFORE      TIMESTAMP(3),
  ADD COLUMN LIMIT_GROUP     TEXT,
  ADD COLUMN TIMEOUT_MS      BIGINT,
  ADD COLUMN MOST_ATTEMPTS   INTEGER DEFAULT 1 NOT NULL,
  ADD COLUMN HISTORY         TEXT,
  ADD COLUMN RETRY_OF        TEXT,
  ADD COLUMN SUBMIT_KEY      TEXT,
  ADD COLUMN SUBMIT_REQUEST  TEXT,
  ADD COLUMN STOP_REASON     TEXT,
  ADD COLUMN STOP_BY         TEXT,
  ADD COLUMN STOP_AT         TIMESTAMP(3),
  ADD COLUMN STOP_STEP       TEXT,
  ADD COLUMN REMOVE_AT_END   TEXT;

-- What waits, in its order; what a caller has waiting; what runs. Each only has the rows that are looked for by it.
DROP INDEX ASYNC_JOBS_STATE;
CREATE INDEX ASYNC_JOBS_QUEUE ON ASYNC_JOBS (PRIORITY, QUEUE_ROUND, QUEUE_NO) WHERE STATE = 'queued';
CREATE INDEX ASYNC_JOBS_TURN ON ASYNC_JOBS (OWNER, PRIORITY, QUEUE_ROUND) WHERE STATE = 'queued';
CREATE INDEX ASYNC_JOBS_LIVE ON ASYNC_JOBS (NODE) WHERE STATE IN ('running', 'cancelling');
CREATE UNIQUE INDEX ASYNC_JOBS_SUBMIT_KEY ON ASYNC_JOBS (SUBMIT_KEY) WHERE SUBMIT_KEY IS NOT NULL;
CREATE INDEX ASYNC_JOBS_REMOVE ON ASYNC_JOBS (REMOVE_AT_END) WHERE REMOVE_AT_END IS NOT NULL;

COMMENT ON COLUMN ASYNC_JOBS.RESOLVED_NAME IS 'The procedure by its full name in the dictionary';
COMMENT ON COLUMN ASYNC_JOBS.PRIORITY IS '1 goes first, 9 last';
COMMENT ON COLUMN ASYNC_JOBS.QUEUE_ROUND IS 'In each round of the queue every caller has one turn; among equals QUEUE_NO decides';
COMMENT ON COLUMN ASYNC_JOBS.NOT_BEFORE IS 'When a job that is to be run once more may start again, UTC';
COMMENT ON COLUMN ASYNC_JOBS.LIMIT_GROUP IS 'Jobs of one group are limited together';
COMMENT ON COLUMN ASYNC_JOBS.TIMEOUT_MS IS 'Milliseconds that its call may take; null for as long as it likes';
COMMENT ON COLUMN ASYNC_JOBS.MOST_ATTEMPTS IS 'How often it may be run by itself';
COMMENT ON COLUMN ASYNC_JOBS.HISTORY IS 'JSON array of the runs before this one: node, attempt, started_at, ended_at, failure';
COMMENT ON COLUMN ASYNC_JOBS.RETRY_OF IS 'The job it was made from by a retry';
COMMENT ON COLUMN ASYNC_JOBS.SUBMIT_KEY IS 'SHA-256 of the caller and the key of its Idempotency-Key';
COMMENT ON COLUMN ASYNC_JOBS.SUBMIT_REQUEST IS 'SHA-256 of that key and what was asked for';
COMMENT ON COLUMN ASYNC_JOBS.STOP_REASON IS 'Why it was asked to stop: requested, timeout or shutdown';
COMMENT ON COLUMN ASYNC_JOBS.STOP_BY IS 'Who asked it to: a caller or a node';
COMMENT ON COLUMN ASYNC_JOBS.STOP_AT IS 'When it was asked to, UTC';
COMMENT ON COLUMN ASYNC_JOBS.STOP_STEP IS 'What ended it: not_started, statement or session';
COMMENT ON COLUMN ASYNC_JOBS.REMOVE_AT_END IS 'Y when it is to be removed once it has ended';

-- How long procedures take; it stays when their jobs are gone.
CREATE TABLE DIFERIDO_PROCEDURES (
  RESOLVED_NAME TEXT NOT NULL,
  RUN_TIMES     TEXT NOT NULL,
  CONSTRAINT DIFERIDO_PROCEDURES_PK PRIMARY KEY (RESOLVED_NAME)
);

COMMENT ON TABLE DIFERIDO_PROCEDURES IS 'How long the runs of procedures took that came back well';
COMMENT ON COLUMN DIFERIDO_PROCEDURES.RESOLVED_NAME IS 'The procedure by its full name in the dictionary';
COMMENT ON COLUMN DIFERIDO_PROCEDURES.RUN_TIMES IS 'bucket:runs bucket:runs; bucket n takes up to 10 ms times 2 to the power of n/4';
