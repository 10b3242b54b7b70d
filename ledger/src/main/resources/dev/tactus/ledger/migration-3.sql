-- What version 3 adds: which territories a report has to cover, what was closed and reopened, and the digests of the
-- files that runs have published.

-- the territories that an item awaits a report for; '*' where the source gave nothing of the recording, '?'
-- where an earlier version did not note which
CREATE TABLE awaited (
  slice INTEGER NOT NULL REFERENCES slice,
  recording INTEGER NOT NULL REFERENCES recording,
  territory TEXT NOT NULL,
  PRIMARY KEY (slice, recording, territory)
) STRICT, WITHOUT ROWID;
INSERT INTO awaited
  SELECT slice, recording, CASE reason WHEN 'unavailable' THEN '*' ELSE '?' END FROM item WHERE state = 5;

-- what was closed and reopened, in order; each has a manifest on disk that names the digest of the one before
CREATE TABLE period_record (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT,
  reopens INTEGER UNIQUE REFERENCES period_record,
  manifest TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  previous_sha256 TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX period_record_of ON period_record (source, from_day);

CREATE TABLE published_file (
  publication INTEGER NOT NULL REFERENCES publication,
  table_name TEXT NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (publication, path)
) STRICT, WITHOUT ROWID;
