package dev.tactus.database;

/// Why a database can't be used. The message is complete: what, where, what to do. Nothing was half-written.
public abstract sealed class DatabaseFailure extends RuntimeException
        permits DatabaseTooNew, DatabaseLocked, DatabaseUnavailable, ForeignFile {
    private static final long serialVersionUID = 1L;

    DatabaseFailure(String message) {
        super(message);
    }

    DatabaseFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
