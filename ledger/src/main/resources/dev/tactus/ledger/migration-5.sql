-- What version 5 adds: who gave a dead letter up, and why.

CREATE TABLE dead_letter_dismissal (
  number INTEGER PRIMARY KEY,
  letter TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
