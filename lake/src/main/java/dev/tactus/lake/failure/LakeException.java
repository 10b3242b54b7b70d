package dev.tactus.lake.failure;

import org.jspecify.annotations.Nullable;

/// A failure of the lake whose message is complete: what, where, and what to do.
///
/// Nothing half-done is ever visible after one: readers see the tables as they were.
public abstract sealed class LakeException extends RuntimeException
        permits LakeUnavailable, LakeDamaged, LakeConflict, QueryRefused {
    private static final long serialVersionUID = 1L;

    LakeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
