-- What version 15 adds: work that processes share. Who works, which pages of a run each has claimed, who owns the quota
-- of a credential, and the permits that owner is asked for. Times are those of the database's own clock.

-- session: the connection that it says by that it lives. A number is never given twice, so that it fences
CREATE TABLE worker (
  number INTEGER PRIMARY KEY,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  command TEXT NOT NULL,
  since INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  session TEXT NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX worker_alive ON worker (number) WHERE ended_at IS NULL;

-- A page holds the recordings behind the page before, up to this place in the order of the run's items.
-- due: when something in it is to be fetched; nothing where all has an outcome
CREATE TABLE run_page (
  run TEXT NOT NULL REFERENCES run,
  number INTEGER NOT NULL,
  last_key INTEGER NOT NULL,
  last_recording INTEGER NOT NULL,
  due INTEGER,
  worker INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_page_due ON run_page (run, number) WHERE due IS NOT NULL;

-- credential: a keyed digest, from which nobody learns the secret. fence: counts the owners
CREATE TABLE quota (
  credential TEXT PRIMARY KEY,
  worker INTEGER NOT NULL,
  fence INTEGER NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- refused: why it was not granted. outcome: how the call ended, as the worker says
CREATE TABLE permit (
  worker INTEGER NOT NULL,
  number INTEGER NOT NULL,
  credential TEXT NOT NULL,
  path TEXT NOT NULL,
  granted_at INTEGER,
  refused TEXT,
  outcome TEXT,
  PRIMARY KEY (worker, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX permit_credential ON permit (credential);
