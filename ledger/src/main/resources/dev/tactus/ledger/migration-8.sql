-- What version 8 adds: what people decided about rows whose two sides differ.

-- verdict: accepted or disputed; the figures are those that were decided on; ended: revoked, or decided anew
CREATE TABLE variance_decision (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  isrc TEXT NOT NULL,
  territory TEXT NOT NULL,
  usage_type TEXT NOT NULL,
  verdict TEXT NOT NULL,
  api_count INTEGER,
  report_count INTEGER,
  revenues TEXT NOT NULL,
  comment TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  ended_by TEXT,
  ended_reason TEXT,
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX variance_decision_of ON variance_decision (source, from_day, to_day, isrc, territory, usage_type)
  WHERE ended_at IS NULL;
