PRAGMA application_id = 1415668566;

-- who was set up by the link of the first start
CREATE TABLE person (
  name TEXT PRIMARY KEY,
  token_sha256 TEXT NOT NULL,
  role TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- what people did on the page: the command, and how it ended
CREATE TABLE action (
  number INTEGER PRIMARY KEY,
  person TEXT NOT NULL,
  command TEXT NOT NULL,
  exit_code INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- what happened, in the order in which it was noticed; number is the cursor of readers
CREATE TABLE event (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;

-- since: the number of the last event that happened before the receiver was configured
CREATE TABLE receiver (
  name TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- events on their way to receivers; done: delivered, or given up
CREATE TABLE delivery (
  number INTEGER PRIMARY KEY,
  event INTEGER NOT NULL REFERENCES event (number),
  receiver TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  done INTEGER NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (event, receiver)
) STRICT;
CREATE INDEX delivery_due ON delivery (done, due_at);

-- since: when a job was first seen; times before that are not missed
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE job_start (
  number INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  exit_code INTEGER,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX job_start_of ON job_start (job, number);
