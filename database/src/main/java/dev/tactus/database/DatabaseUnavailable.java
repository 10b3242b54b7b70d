package dev.tactus.database;

/// The machine does not let the database be read or written: disk full, folder not writable, file damaged, locked for
/// too long. What was committed before is kept, so work can go on once the cause is gone.
public final class DatabaseUnavailable extends DatabaseFailure {
    private static final long serialVersionUID = 1L;

    public DatabaseUnavailable(String message) {
        super(message);
    }

    DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
