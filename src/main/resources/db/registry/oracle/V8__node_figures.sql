-- What each node tells of itself with its beats, for who looks after all of them.

-- In one statement, which is there whole or not at all: DDL of Oracle commits, and a run that was cut off is taken up again.
ALTER TABLE DIFERIDO_NODES ADD (
  WORKERS      NUMBER(9),
  DRAINING     VARCHAR2(1 CHAR),
  CONNECTIONS  NUMBER(18),
  VERSION      VARCHAR2(100 CHAR),
  REFUSED      NUMBER(18),
  REFUSED_FULL NUMBER(18)
);

COMMENT ON TABLE DIFERIDO_NODES IS 'The service processes that are alive, by the clock of the database, and what each tells of itself';
COMMENT ON COLUMN DIFERIDO_NODES.WORKERS IS 'Calls that it may run at once; null when it has not told yet';
COMMENT ON COLUMN DIFERIDO_NODES.DRAINING IS 'Y when it takes no new work any more, else N';
COMMENT ON COLUMN DIFERIDO_NODES.CONNECTIONS IS 'Connections of its pools that it had borrowed at its last beat';
COMMENT ON COLUMN DIFERIDO_NODES.VERSION IS 'Of the service';
COMMENT ON COLUMN DIFERIDO_NODES.REFUSED IS 'Requests that it refused in the last hour, since some limit was reached';
COMMENT ON COLUMN DIFERIDO_NODES.REFUSED_FULL IS 'Of these, those for which the whole queue was full';
