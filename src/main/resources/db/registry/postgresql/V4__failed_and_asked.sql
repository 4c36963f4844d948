-- Who looks for what went wrong finds it without reading what went well. Only a job that did not succeed costs an entry.
CREATE INDEX ASYNC_JOBS_FAILED ON ASYNC_JOBS (QUEUE_NO) WHERE STATE IN ('failed', 'cancelled', 'timed_out', 'expired', 'lost');

-- So that a retry asks for what was asked, on the terms of its own day.
ALTER TABLE ASYNC_JOBS ADD COLUMN ASKED_TIMEOUT_MS BIGINT;
COMMENT ON COLUMN ASYNC_JOBS.ASKED_TIMEOUT_MS IS 'What the caller asked for; the rest of TIMEOUT_MS was the administrator''s';
