-- How often jobs were removed: by it a node sees that others removed what it remembers.
CREATE TABLE DIFERIDO_REMOVALS (
  REMOVALS BIGINT NOT NULL
);

COMMENT ON TABLE DIFERIDO_REMOVALS IS 'How often jobs were removed; a node that sees another sum forgets the ended jobs it remembers';
COMMENT ON COLUMN DIFERIDO_REMOVALS.REMOVALS IS 'Grows with every removal';
