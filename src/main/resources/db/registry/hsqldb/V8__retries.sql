-- Who makes many jobs again passes over those that somebody has made again already.
CREATE INDEX IF NOT EXISTS ASYNC_JOBS_RETRY_OF ON ASYNC_JOBS (RETRY_OF);
