-- What jobs gave back that is too large for ASYNC_JOBS.RESULT. The RESULT of a job names the RESULT_ID of each; what no job names is removed.
CREATE TABLE DIFERIDO_RESULTS (
  RESULT_ID TEXT    NOT NULL,
  JOB_ID    TEXT,
  ATTEMPT   INTEGER NOT NULL,
  NAME      TEXT,
  KIND      TEXT    NOT NULL,
  CONSTRAINT DIFERIDO_RESULTS_PK PRIMARY KEY (RESULT_ID),
  -- Who removes a job need not look for its results, which may be large: what has no job any more is removed later, in small steps.
  CONSTRAINT DIFERIDO_RESULTS_JOB_FK FOREIGN KEY (JOB_ID) REFERENCES ASYNC_JOBS (JOB_ID) ON DELETE SET NULL
);

-- Those of a job, and those of none.
CREATE INDEX DIFERIDO_RESULTS_JOB ON DIFERIDO_RESULTS (JOB_ID, ATTEMPT);

COMMENT ON TABLE DIFERIDO_RESULTS IS 'Rows and large values that jobs gave back';
COMMENT ON COLUMN DIFERIDO_RESULTS.RESULT_ID IS 'Random, 32 lower-case hex digits; the job''s RESULT names it once the job has ended';
COMMENT ON COLUMN DIFERIDO_RESULTS.JOB_ID IS 'Whose it is; null once the job is removed';
COMMENT ON COLUMN DIFERIDO_RESULTS.ATTEMPT IS 'The claim of the job that it is of';
COMMENT ON COLUMN DIFERIDO_RESULTS.NAME IS 'Its name in the job''s result, or the beginning of it';
COMMENT ON COLUMN DIFERIDO_RESULTS.KIND IS 'rows, text or bytes';

CREATE TABLE DIFERIDO_RESULT_CHUNKS (
  RESULT_ID TEXT    NOT NULL,
  CHUNK_NO  INTEGER NOT NULL,
  ROW_AT    BIGINT  NOT NULL,
  CSV_AT    BIGINT  NOT NULL,
  NDJSON_AT BIGINT  NOT NULL,
  DATA      BYTEA   NOT NULL,
  CONSTRAINT DIFERIDO_RESULT_CHUNKS_PK PRIMARY KEY (RESULT_ID, CHUNK_NO),
  CONSTRAINT DIFERIDO_RESULT_CHUNKS_FK FOREIGN KEY (RESULT_ID) REFERENCES DIFERIDO_RESULTS (RESULT_ID)
);

-- It is compressed already.
ALTER TABLE DIFERIDO_RESULT_CHUNKS ALTER COLUMN DATA SET STORAGE EXTERNAL;

COMMENT ON TABLE DIFERIDO_RESULT_CHUNKS IS 'The results, in pieces of 256 KiB or, where a single row is larger, of one row';
COMMENT ON COLUMN DIFERIDO_RESULT_CHUNKS.RESULT_ID IS 'Of which result';
COMMENT ON COLUMN DIFERIDO_RESULT_CHUNKS.CHUNK_NO IS 'From 0';
COMMENT ON COLUMN DIFERIDO_RESULT_CHUNKS.ROW_AT IS 'The number of its first row, from 0; 0 where there are no rows';
COMMENT ON COLUMN DIFERIDO_RESULT_CHUNKS.CSV_AT IS 'Where it begins in the CSV file, in bytes; 0 where there are no rows';
COMMENT ON COLUMN DIFERIDO_RESULT_CHUNKS.NDJSON_AT IS 'Where it begins in the NDJSON file, in bytes; 0 where there are no rows';
COMMENT ON COLUMN DIFERIDO_RESULT_CHUNKS.DATA IS 'The rows, or the bytes, compressed (zlib)';
