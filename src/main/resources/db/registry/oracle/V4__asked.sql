-- So that a retry asks for what was asked, on the terms of its own day.
ALTER TABLE ASYNC_JOBS ADD (ASKED_TIMEOUT_MS NUMBER(18));

COMMENT ON COLUMN ASYNC_JOBS.ASKED_TIMEOUT_MS IS 'What the caller asked for; the rest of TIMEOUT_MS was the administrator''s';
