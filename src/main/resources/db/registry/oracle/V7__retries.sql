-- Who makes many jobs again passes over those that somebody has made again already. Rows without a value are not in it.
CREATE INDEX ASYNC_JOBS_RETRY_OF ON ASYNC_JOBS (RETRY_OF);
