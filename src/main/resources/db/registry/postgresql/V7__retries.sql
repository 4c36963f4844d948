-- Who makes many jobs again passes over those that somebody has made again already. Only a retry costs an entry.
CREATE INDEX ASYNC_JOBS_RETRY_OF ON ASYNC_JOBS (RETRY_OF) WHERE RETRY_OF IS NOT NULL;
