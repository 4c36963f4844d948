-- What the procedure of a job wrote for people, and which registry this is.

ALTER TABLE ASYNC_JOBS ADD COLUMN IF NOT EXISTS JOB_LOG VARCHAR(16M);

COMMENT ON COLUMN ASYNC_JOBS.JOB_LOG IS 'What the procedure wrote for people, line by line';

-- One row, written by the first who opens the registry: by it a call's connection sees that it is in the same database.
CREATE CACHED TABLE IF NOT EXISTS DIFERIDO_REGISTRY (
  REGISTRY_ID CHAR(32) NOT NULL,
  CONSTRAINT DIFERIDO_REGISTRY_PK PRIMARY KEY (REGISTRY_ID)
);

COMMENT ON TABLE DIFERIDO_REGISTRY IS 'Which registry this is';
COMMENT ON COLUMN DIFERIDO_REGISTRY.REGISTRY_ID IS 'Random, 32 lower-case hex digits';
