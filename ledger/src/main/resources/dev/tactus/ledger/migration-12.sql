-- What version 12 adds: what was let go, by whom and why.

CREATE TABLE retention_record (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  before_day TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL,
  forced INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  dead_letters INTEGER NOT NULL,
  manifest TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  previous_sha256 TEXT,
  at INTEGER NOT NULL
) STRICT;
