package dev.tactus.gateway.state;

import dev.tactus.database.DatabaseSchema;
import java.util.List;

/// The tables of the gateway's state file.
///
/// Minutes are counted from the epoch, instants are microseconds since the epoch, days are ISO text in UTC, flags 0
/// or 1.
final class StateSchema {
    /// "TacG" in ASCII.
    private static final int APPLICATION_ID = 0x54616347;

    private static final String FIRST = """
        PRAGMA application_id = %d;

        -- length: the minutes that a row covers, 1 or 60
        CREATE TABLE usage (
          application TEXT NOT NULL,
          length INTEGER NOT NULL,
          minute INTEGER NOT NULL,
          admitted INTEGER NOT NULL,
          refused INTEGER NOT NULL,
          turned_away INTEGER NOT NULL,
          PRIMARY KEY (application, length, minute)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX usage_by_age ON usage (length, minute);

        -- permits and window: the limit as it last was; most_charged: in one minute of those covered
        CREATE TABLE limit_usage (
          application TEXT NOT NULL,
          length INTEGER NOT NULL,
          minute INTEGER NOT NULL,
          name TEXT NOT NULL,
          permits INTEGER NOT NULL,
          window_ms INTEGER NOT NULL,
          charged INTEGER NOT NULL,
          most_charged INTEGER NOT NULL,
          refused INTEGER NOT NULL,
          shadowed INTEGER NOT NULL,
          PRIMARY KEY (application, length, minute, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX limit_usage_by_age ON limit_usage (length, minute);

        -- the record that violations are judged by; forgiven: an admin has taken the day out of it
        CREATE TABLE day (
          application TEXT NOT NULL,
          day TEXT NOT NULL,
          admitted INTEGER NOT NULL,
          refused INTEGER NOT NULL,
          forgiven INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (application, day)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX day_by_age ON day (day);

        -- told_at: since when the application can know of its standing; absent while its notice is on the way
        CREATE TABLE standing (
          application TEXT PRIMARY KEY,
          standing TEXT NOT NULL,
          since INTEGER NOT NULL,
          by_hand INTEGER NOT NULL,
          told_at INTEGER
        ) STRICT, WITHOUT ROWID;

        -- every change of a standing, and every pardon
        CREATE TABLE step (
          number INTEGER PRIMARY KEY,
          application TEXT NOT NULL,
          at INTEGER NOT NULL,
          action TEXT NOT NULL,
          before TEXT NOT NULL,
          after TEXT NOT NULL,
          who TEXT NOT NULL,
          reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX step_of ON step (application, number);

        -- the outbox; a message is on the way until it has been sent or given up
        CREATE TABLE message (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          application TEXT NOT NULL,
          kind TEXT NOT NULL,
          body TEXT NOT NULL,
          created_at INTEGER NOT NULL,
          attempts INTEGER NOT NULL DEFAULT 0,
          next_at INTEGER NOT NULL,
          last_error TEXT,
          sent_at INTEGER,
          given_up_at INTEGER
        ) STRICT;
        CREATE INDEX message_waiting ON message (next_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
        CREATE INDEX message_of ON message (application, number);

        -- what pacing has learned and spent; owner: the application, or empty for what all share
        CREATE TABLE limit_state (
          owner TEXT NOT NULL,
          scope TEXT NOT NULL,
          state TEXT NOT NULL,
          PRIMARY KEY (owner, scope)
        ) STRICT, WITHOUT ROWID;
        """.formatted(APPLICATION_ID);

    private static final String SECOND = """
        -- what applications have used of windows that are not over; until: when it counts no longer
        CREATE TABLE window_use (
          application TEXT NOT NULL,
          name TEXT NOT NULL,
          at INTEGER NOT NULL,
          charged INTEGER NOT NULL,
          until INTEGER NOT NULL,
          PRIMARY KEY (application, name, at)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX window_use_by_end ON window_use (until);
        """;

    private static final String THIRD = """
        -- applications that were made through the admin address; settings: JSON, as it was said
        CREATE TABLE created_application (
          id TEXT PRIMARY KEY,
          settings TEXT NOT NULL,
          created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- keys that were made there, for these applications and for configured ones
        CREATE TABLE created_key (
          id TEXT PRIMARY KEY,
          application TEXT NOT NULL,
          sha256 TEXT NOT NULL UNIQUE,
          created_at INTEGER NOT NULL,
          ends_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX created_key_of ON created_key (application);
        """;

    private static final String FOURTH = """
        -- callback: empty for readers of the stream; credentials: the fields with which its application asks, JSON
        CREATE TABLE subscription (
          id TEXT PRIMARY KEY,
          application TEXT NOT NULL,
          resource TEXT NOT NULL,
          callback TEXT NOT NULL,
          secret TEXT NOT NULL,
          credentials TEXT NOT NULL,
          created_at INTEGER NOT NULL,
          expires_at INTEGER NOT NULL,
          first_event INTEGER NOT NULL,
          sent_event INTEGER NOT NULL,
          attempts INTEGER NOT NULL,
          failing_since INTEGER,
          last_error TEXT,
          dead_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX subscription_of ON subscription (resource, application, callback);

        -- how a resource looked last; audience: the application that saw it, or empty where all see the same
        CREATE TABLE resource_appearance (
          resource TEXT NOT NULL,
          audience TEXT NOT NULL,
          etag TEXT NOT NULL,
          digest TEXT NOT NULL,
          PRIMARY KEY (resource, audience)
        ) STRICT, WITHOUT ROWID;

        -- numbers are never used again, as readers go on after one
        CREATE TABLE change_event (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          resource TEXT NOT NULL,
          audience TEXT NOT NULL,
          body TEXT NOT NULL,
          at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX change_event_of ON change_event (resource, number);
        CREATE INDEX change_event_by_age ON change_event (at);
        """;

    private static final String FIFTH = """
        -- when an application was last told that refusals are near; kind: used or forecast
        CREATE TABLE quota_warning (
          application TEXT NOT NULL,
          name TEXT NOT NULL,
          kind TEXT NOT NULL,
          at INTEGER NOT NULL,
          PRIMARY KEY (application, name, kind)
        ) STRICT, WITHOUT ROWID;
        """;

    private static final String SIXTH = """
        -- what this gateway is called among those that share quotas with it, and up to where it has read their counts
        CREATE TABLE peer (
          id TEXT PRIMARY KEY,
          place TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;

    static final DatabaseSchema KIND = new DatabaseSchema(
            "gateway state",
            "state:",
            "then restart the gateway: its counts are kept",
            "Restore it, and the files beside it, from a backup, or name a new file",
            APPLICATION_ID,
            List.of(FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH));

    private StateSchema() {}
}
