-- What version 10 adds: rows of reports that are no usage, and what people decided that texts in reports mean.

ALTER TABLE report ADD COLUMN rows_deducted INTEGER NOT NULL DEFAULT 0;

-- sender: empty where it holds for everybody's reports; none is ever deleted
CREATE TABLE report_decision (
  number INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  sender TEXT NOT NULL,
  text TEXT NOT NULL,
  meaning TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  revoked_by TEXT,
  revoked_at INTEGER
) STRICT;
