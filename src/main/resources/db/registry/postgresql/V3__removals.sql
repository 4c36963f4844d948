-- How often jobs were removed: by it a node sees that others removed what it remembers. Two rows of one slot do no harm.
CREATE TABLE DIFERIDO_REMOVALS (
  SLOT     INTEGER NOT NULL,
  REMOVALS BIGINT NOT NULL
);

COMMENT ON TABLE DIFERIDO_REMOVALS IS 'How often jobs were removed; a node that sees another sum forgets the ended jobs it remembers';
COMMENT ON COLUMN DIFERIDO_REMOVALS.SLOT IS 'Each process has one, by chance, so that hardly any wait for each other';
COMMENT ON COLUMN DIFERIDO_REMOVALS.REMOVALS IS 'Grows with every removal';
