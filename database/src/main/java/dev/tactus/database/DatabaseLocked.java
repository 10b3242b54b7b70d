package dev.tactus.database;

import java.util.Optional;

/// Another process, or another part of this one, is working on the database. Safe to try again once that has ended.
public final class DatabaseLocked extends DatabaseFailure {
    private static final long serialVersionUID = 1L;

    private final transient Optional<DatabaseLock.Holder> holder;

    DatabaseLocked(DatabaseSchema schema, Object where, Optional<DatabaseLock.Holder> holder) {
        super(schema.name() + " " + where + " is held by "
                + holder.map(DatabaseLocked::described).orElse("another process")
                + ". Wait until that has ended, or stop it, then try again. Nothing was touched.");
        this.holder = holder;
    }

    /// Who holds it; empty in the instant in which the holder has not yet said so.
    public Optional<DatabaseLock.Holder> holder() {
        return holder;
    }

    private static String described(DatabaseLock.Holder holder) {
        return "process " + holder.pid() + " on " + holder.host() + " (" + holder.command() + ", since "
                + holder.since() + ")";
    }
}
