-- The tables of version 1.
--
-- A recording's key is its ISRC as a number (see IsrcNumber). Instants are microseconds since the epoch, days ISO
-- text, lists as TextList writes them, flags 0 or 1. Codes of states stand in ItemState.

-- "Tact" in ASCII
PRAGMA application_id = 1415668596;

-- every catalog there was; the last one is in force
CREATE TABLE catalog (
  generation INTEGER PRIMARY KEY,
  hash TEXT NOT NULL,
  recordings INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- active: of the last generation. order_key: the priority with its sign turned, the smaller the earlier
CREATE TABLE recording (
  id INTEGER PRIMARY KEY,
  isrc TEXT NOT NULL,
  generation INTEGER NOT NULL REFERENCES catalog,
  order_key INTEGER NOT NULL,
  title TEXT,
  artists TEXT NOT NULL,
  artist_credit TEXT,
  duration_ms INTEGER,
  upc TEXT,
  explicit INTEGER,
  label TEXT,
  release_date TEXT,
  territories TEXT NOT NULL
) STRICT;
CREATE INDEX recording_in_order ON recording (order_key, id);

CREATE TABLE run (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  datasets TEXT NOT NULL,
  catalog_hash TEXT NOT NULL,
  code_version TEXT NOT NULL,
  state TEXT NOT NULL,
  requests INTEGER NOT NULL DEFAULT 0,
  throttled INTEGER NOT NULL DEFAULT 0,
  retried INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  started_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

CREATE TABLE run_note (
  run TEXT NOT NULL REFERENCES run,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (run, kind, text)
) STRICT, WITHOUT ROWID;

CREATE TABLE publication (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  run TEXT NOT NULL REFERENCES run,
  begun_at INTEGER NOT NULL,
  completed_at INTEGER
) STRICT;
CREATE INDEX publication_of_run ON publication (run);

CREATE TABLE published_table (
  publication INTEGER NOT NULL REFERENCES publication,
  table_name TEXT NOT NULL,
  snapshot_id INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (publication, table_name)
) STRICT, WITHOUT ROWID;

-- one dataset on one day of a run
CREATE TABLE slice (
  number INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES run,
  dataset TEXT NOT NULL,
  day TEXT NOT NULL,
  planned INTEGER NOT NULL,
  UNIQUE (run, dataset, day)
) STRICT;

-- one recording in a slice
CREATE TABLE item (
  slice INTEGER NOT NULL REFERENCES slice,
  recording INTEGER NOT NULL REFERENCES recording,
  order_key INTEGER NOT NULL,
  state INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  not_before INTEGER,
  reason TEXT,
  publication INTEGER REFERENCES publication,
  PRIMARY KEY (slice, recording)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_open ON item (slice, order_key, recording, state, not_before) WHERE state IN (0, 6);
CREATE INDEX item_parked ON item (slice, not_before) WHERE state = 6;

-- asked: how often the source said that it has none; 0 for found
CREATE TABLE resolution (
  source TEXT NOT NULL,
  recording INTEGER NOT NULL,
  asked INTEGER NOT NULL,
  track_ids TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (source, recording)
) STRICT, WITHOUT ROWID;

CREATE TABLE chunk (
  number INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES run,
  table_name TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  rows INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  noted_at INTEGER NOT NULL,
  publication INTEGER REFERENCES publication
) STRICT;
CREATE INDEX chunk_unpublished ON chunk (run, number) WHERE publication IS NULL;

CREATE TABLE dead_letter_body (
  payload_sha256 TEXT PRIMARY KEY,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE dead_letter (
  id TEXT PRIMARY KEY,
  run TEXT NOT NULL REFERENCES run,
  source TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  isrc TEXT,
  dataset TEXT,
  day TEXT,
  reason TEXT NOT NULL,
  pointer TEXT NOT NULL,
  detail TEXT NOT NULL,
  request TEXT NOT NULL,
  payload_sha256 TEXT NOT NULL REFERENCES dead_letter_body,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dead_letter_by_state ON dead_letter (state, created_at);
CREATE INDEX dead_letter_of_run ON dead_letter (run, id);

CREATE TABLE drift (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  recording INTEGER NOT NULL,
  field TEXT NOT NULL,
  expected TEXT NOT NULL,
  found TEXT NOT NULL,
  severity TEXT NOT NULL,
  state TEXT NOT NULL,
  run TEXT NOT NULL REFERENCES run,
  detected_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  accepted_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX drift_of_recording ON drift (source, recording);
CREATE INDEX drift_by_state ON drift (state);
CREATE INDEX drift_of_run ON drift (run);

-- place: the order in which the source gave them
CREATE TABLE seen_track (
  source TEXT NOT NULL,
  recording INTEGER NOT NULL,
  place INTEGER NOT NULL,
  track_id TEXT NOT NULL,
  title TEXT NOT NULL,
  artists TEXT NOT NULL,
  duration_ms INTEGER NOT NULL,
  explicit INTEGER,
  album_id TEXT,
  album_title TEXT,
  release_date TEXT,
  PRIMARY KEY (source, recording, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE limit_state (
  source TEXT NOT NULL,
  scope TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (source, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
  number INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES run,
  receiver TEXT NOT NULL,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  body TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  UNIQUE (run, receiver, kind, severity)
) STRICT;
