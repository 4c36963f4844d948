-- Who looks for what went wrong finds it without reading what went well. Only a job that did not succeed costs an entry.
CREATE INDEX ASYNC_JOBS_FAILED ON ASYNC_JOBS (QUEUE_NO) WHERE STATE IN ('failed', 'cancelled', 'timed_out', 'expired', 'lost');
