-- What version 16 adds: a seal, by which rows that another hand has changed are told from those of this program.

-- sealed: the digest of what is small, as it was last copied to the lake; nothing while rows have changed since
ALTER TABLE bond ADD COLUMN sealed TEXT;

-- goes up whenever what is known of a source's recordings changes, as a run's does with its items
CREATE TABLE source_change (
  source TEXT PRIMARY KEY,
  change INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
