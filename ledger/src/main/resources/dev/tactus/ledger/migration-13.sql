-- What version 13 adds: how many calls were made to a source on a day (UTC), for budgets of a day.

CREATE TABLE source_calls (
  source TEXT NOT NULL,
  day TEXT NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;
