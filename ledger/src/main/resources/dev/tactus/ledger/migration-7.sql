-- What version 7 adds: which lake this ledger belongs to, and how far the two have come together.

-- epoch: how many changes of the lake this ledger knows; intended: the mark of the next one, while it is not known
-- whether it happened
CREATE TABLE bond (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  ledger_id TEXT NOT NULL,
  lake_id TEXT,
  lake_path TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  intended TEXT
) STRICT;
INSERT INTO bond (one, ledger_id, lake_path, epoch) VALUES (1, lower(hex(randomblob(8))), '', 0);
