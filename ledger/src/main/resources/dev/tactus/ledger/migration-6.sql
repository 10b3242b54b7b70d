-- What version 6 adds: the money of rejected rows, why a report was taken although something spoke against it, and
-- imports of several files in one commit.

-- what the rejected rows would have come to, as far as their amounts can be read; XXX where the currency can't
CREATE TABLE report_rejected (
  report INTEGER NOT NULL REFERENCES report,
  currency TEXT NOT NULL,
  rows INTEGER NOT NULL,
  amount TEXT NOT NULL,
  PRIMARY KEY (report, currency)
) STRICT, WITHOUT ROWID;

ALTER TABLE report ADD COLUMN accepted TEXT;
-- the label of the commit that made it visible; its own id where that is null
ALTER TABLE report ADD COLUMN publication TEXT;
