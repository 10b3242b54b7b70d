-- What version 2 adds: the sales reports that were imported, what became of each, and the matches people made.
--
-- Days are ISO text, amounts are decimal text, exact, lists as TextList writes them.

-- importing: its rows may or may not be in the lake, which decides; voiding: the same the other way round
CREATE TABLE report (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  name TEXT NOT NULL,
  layout TEXT NOT NULL,
  layout_sha256 TEXT NOT NULL,
  sender TEXT NOT NULL,
  services TEXT NOT NULL,
  part TEXT NOT NULL,
  usage_start TEXT,
  usage_end TEXT,
  rows_read INTEGER NOT NULL,
  rows_landed INTEGER NOT NULL,
  rows_rejected INTEGER NOT NULL,
  rows_skipped INTEGER NOT NULL,
  replaces TEXT NOT NULL,
  state TEXT NOT NULL,
  replaced_by TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX report_by_content ON report (sha256);
CREATE INDEX report_by_state ON report (state);

-- reported: the sum of the amounts as they stand in the file; landed: of those in the lake
CREATE TABLE report_total (
  report INTEGER NOT NULL REFERENCES report,
  currency TEXT NOT NULL,
  rows INTEGER NOT NULL,
  rounded INTEGER NOT NULL,
  reported TEXT NOT NULL,
  landed TEXT NOT NULL,
  PRIMARY KEY (report, currency)
) STRICT, WITHOUT ROWID;

-- who did what to a report, and why; never changed, never deleted
CREATE TABLE report_event (
  number INTEGER PRIMARY KEY,
  report TEXT NOT NULL,
  what TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX report_event_of ON report_event (report);

-- what a person decided about usage that the catalog does not know; isrc is null where it is not ours
CREATE TABLE usage_match (
  usage_key TEXT PRIMARY KEY,
  isrc TEXT,
  by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
