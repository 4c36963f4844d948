-- How often procedures came back well, and how often they failed, for who asks what can be called.

ALTER TABLE DIFERIDO_PROCEDURES ADD COLUMN IF NOT EXISTS SUCCEEDED BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE DIFERIDO_PROCEDURES ADD COLUMN IF NOT EXISTS FAILED BIGINT DEFAULT 0 NOT NULL;

COMMENT ON TABLE DIFERIDO_PROCEDURES IS 'How the runs of procedures went; it stays when their jobs are gone';
COMMENT ON COLUMN DIFERIDO_PROCEDURES.SUCCEEDED IS 'How many runs came back well, since these are counted';
COMMENT ON COLUMN DIFERIDO_PROCEDURES.FAILED IS 'How many failed or took too long; those that somebody stopped are not counted';
