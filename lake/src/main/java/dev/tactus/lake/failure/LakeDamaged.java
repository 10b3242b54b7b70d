package dev.tactus.lake.failure;

import org.jspecify.annotations.Nullable;

/// A file that the lake relies on is missing or not what was written; the message names it.
public final class LakeDamaged extends LakeException {
    private static final long serialVersionUID = 1L;

    /// What to do about a file that is not what it was.
    public static final String REMEDY = "Restore it from a backup, then run the same command again";

    public LakeDamaged(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
