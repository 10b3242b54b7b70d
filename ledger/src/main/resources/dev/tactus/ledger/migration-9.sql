-- What version 9 adds: closes that somebody has prepared and that a second person is to approve.

-- os_user: whose process prepared it; person: whose token was presented; reconciliation: what the figures were made from
CREATE TABLE close_preparation (
  source TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  by TEXT NOT NULL,
  os_user TEXT NOT NULL,
  person TEXT,
  reason TEXT,
  reconciliation TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (source, from_day, to_day)
) STRICT, WITHOUT ROWID;
